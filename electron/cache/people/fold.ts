/** Text as lists compare it: case and accents make no difference, and the empty comes as ''. */
import { foldText } from '../../../shared/text/fold.ts';

export function foldTrimmed(text: string | null): string {
  return text === null ? '' : foldText(text.trim());
}

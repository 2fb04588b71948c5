import type { ReactNode } from 'react';
import { minimumAgeNote } from '../../../../shared/domain/policy-promises.ts';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useDirectory } from '../../../lib/queries/hooks.ts';
import styles from './Place.module.css';

/** Whom the gateway's policy wants nobody to write to, where people are put in; nothing where it states no age. */
export function AgeNote(): ReactNode {
  const policy = useDirectory()?.policy ?? null;
  const note = policy === null ? null : minimumAgeNote(policy);
  return note === null ? null : (
    <p className={styles['age']}>{t('trust.age', { age: count(note.age), name: policy?.name ?? '' })}</p>
  );
}

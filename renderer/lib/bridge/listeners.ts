import type { PageEventData, PageEventName } from '../../../shared/contract/events.ts';

type AnyListener = (data: never) => void;

/** Who listens to which event of the contract. */
export class Listeners {
  readonly #byEvent = new Map<string, Set<AnyListener>>();

  /** Returns a function that stops listening. */
  add<N extends PageEventName>(event: N, listener: (data: PageEventData<N>) => void): () => void {
    const set = this.#byEvent.get(event) ?? new Set<AnyListener>();
    this.#byEvent.set(event, set);
    set.add(listener);
    return () => {
      set.delete(listener);
    };
  }

  /** Tells everyone. An event that nobody knows is ignored: a newer main process may send more than this page understands. */
  emit(event: string, data: unknown): void {
    for (const listener of this.#byEvent.get(event) ?? []) listener(data as never);
  }
}

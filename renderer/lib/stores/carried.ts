import { create } from 'zustand';
import type { Bridge } from '../bridge/bridge.ts';

interface CarriedState {
  /** By media id, 0 to 1. */
  readonly shares: ReadonlyMap<string, number>;
}

const useCarriedState = create<CarriedState>()(() => ({ shares: new Map() }));

/** How much of a file has gone to the gateway, 0 to 1; null when it is not on its way. */
export function useCarried(mediaId: string | null): number | null {
  return useCarriedState(({ shares }) => (mediaId === null ? null : (shares.get(mediaId) ?? null)));
}

/** Follows the files that go to the gateway. Returns a function that stops it. */
export function followCarried(bridge: Bridge): () => void {
  const stops = [
    bridge.on('upload', ({ mediaId, share }) => {
      const shares = new Map(useCarriedState.getState().shares);
      if (share === null) shares.delete(mediaId);
      else shares.set(mediaId, share);
      useCarriedState.setState({ shares });
    }),
    // What has ended meanwhile nobody would tell.
    bridge.onLink((link) => {
      if (link === 'lost') useCarriedState.setState({ shares: new Map() });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

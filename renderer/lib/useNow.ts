import { useEffect, useState } from 'react';

/** The time, epoch ms, renewed every `every` ms. For "5 min left" and the like; one timer per place that shows such things. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

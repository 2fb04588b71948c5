/** Zoom and pan of the viewer. Scale 1 is the picture fitted to the window; `x`, `y` in px from the middle. */
export interface Pose {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const FITTED: Pose = { scale: 1, x: 0, y: 0 };
const MOST = 8;
const STEP = 1.5;

/** Scaled by `factor` around a point (px from the middle of the window), so that what is under it stays there. */
export function zoomed(pose: Pose, factor: number, point: { x: number; y: number } = { x: 0, y: 0 }): Pose {
  const scale = Math.min(MOST, Math.max(1, pose.scale * factor));
  if (scale === 1) return FITTED;
  const by = scale / pose.scale;
  return { scale, x: point.x - (point.x - pose.x) * by, y: point.y - (point.y - pose.y) * by };
}

export function zoomedIn(pose: Pose): Pose {
  return zoomed(pose, STEP);
}

export function zoomedOut(pose: Pose): Pose {
  return zoomed(pose, 1 / STEP);
}

/** Moved, but never so far that the picture (`size` at scale 1, px) is lost. */
export function moved(
  pose: Pose,
  by: { x: number; y: number },
  size: { width: number; height: number },
): Pose {
  const farX = Math.max(0, (size.width * (pose.scale - 1)) / 2 + size.width / 4);
  const farY = Math.max(0, (size.height * (pose.scale - 1)) / 2 + size.height / 4);
  return {
    scale: pose.scale,
    x: Math.min(farX, Math.max(-farX, pose.x + by.x)),
    y: Math.min(farY, Math.max(-farY, pose.y + by.y)),
  };
}

import { ChevronLeft, ChevronRight, Download, Maximize, X, ZoomIn, ZoomOut } from 'lucide-react';
import type { KeyboardEvent, PointerEvent, ReactNode, WheelEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../../i18n/t.ts';
import { useMedia } from '../../../lib/queries/hooks.ts';
import { useTell } from '../../../lib/useTell.ts';
import { Lightbox } from '../../../ui/Lightbox.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { mediaUrl } from '../thread/kinds/mediaUrl.ts';
import type { Picture } from './pictures.ts';
import styles from './Viewer.module.css';
import type { Pose } from './zoom.ts';
import { FITTED, moved, zoomed, zoomedIn, zoomedOut } from './zoom.ts';

/** The key that saves, as a tooltip shows it. */
const SAVE_KEY = 'S';

export interface ViewerProps {
  readonly pictures: ReadonlyArray<Picture>;
  /** Media id of the picture to begin with. */
  readonly start: string;
  readonly onClose: () => void;
}

/** How far an arrow key moves an enlarged picture, in px. */
const PAN = 80;

/** The pictures of a thread over the whole window. + and − zoom, 0 fits, arrows go on or move the enlarged picture, S saves. */
export function Viewer({ pictures, start, onClose }: ViewerProps): ReactNode {
  // What arrives while one looks does not move the pictures.
  const [shown] = useState(() =>
    pictures.some(({ mediaId }) => mediaId === start)
      ? pictures
      : [{ mediaId: start, name: null, caption: null, width: null, height: null }],
  );
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      shown.findIndex(({ mediaId }) => mediaId === start),
    ),
  );
  const [pose, setPose] = useState<Pose>(FITTED);
  const [dragging, setDragging] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const tell = useTell();
  const save = useRef<HTMLAnchorElement>(null);
  const picture = shown[at];
  const { state, again } = useMedia(picture?.mediaId ?? start, true);

  useEffect(() => {
    stage.current?.focus();
  }, []);

  const size = (): { width: number; height: number } => ({
    width: image.current?.offsetWidth ?? 0,
    height: image.current?.offsetHeight ?? 0,
  });
  const go = (to: number): void => {
    if (to < 0 || to >= shown.length) return;
    setAt(to);
    setPose(FITTED);
  };
  const move = (x: number, y: number): void => setPose((now) => moved(now, { x, y }, size()));

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const enlarged = pose.scale > 1;
    const ahead = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    switch (event.key) {
      case 'ArrowLeft':
        if (enlarged && !event.shiftKey) move(PAN, 0);
        else go(at - ahead);
        break;
      case 'ArrowRight':
        if (enlarged && !event.shiftKey) move(-PAN, 0);
        else go(at + ahead);
        break;
      case 'ArrowUp':
        move(0, PAN);
        break;
      case 'ArrowDown':
        move(0, -PAN);
        break;
      case 'PageUp':
        go(at - 1);
        break;
      case 'PageDown':
        go(at + 1);
        break;
      case '+':
      case '=':
        setPose(zoomedIn);
        break;
      case '-':
        setPose(zoomedOut);
        break;
      case '0':
        setPose(FITTED);
        break;
      case 's':
        save.current?.click();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const onWheel = (event: WheelEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const point = {
      x: event.clientX - box.left - box.width / 2,
      y: event.clientY - box.top - box.height / 2,
    };
    setPose((now) => zoomed(now, Math.exp(-event.deltaY / 400), point));
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (pose.scale === 1 || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragging(true);
  };

  const name = picture?.name ?? t('message.media.photo');
  return (
    <Lightbox label={t('thread.viewer.title')} onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys for everything inside */}
      <div className={styles['viewer']} onKeyDown={onKeyDown}>
        <div className={styles['bar']}>
          <span className={styles['name']} dir="auto">
            {picture?.caption ?? name}
          </span>
          <span className={styles['count']} aria-live="polite">
            {t('thread.viewer.of', { at: at + 1, total: shown.length })}
          </span>
          <Tool
            label={t('thread.viewer.zoomOut')}
            keys="-"
            onClick={() => setPose(zoomedOut)}
            off={pose.scale === 1}
          >
            <ZoomOut size={18} />
          </Tool>
          <span className={styles['zoom']}>
            {t('thread.viewer.zoom', { percent: Math.round(pose.scale * 100) })}
          </span>
          <Tool label={t('thread.viewer.zoomIn')} keys="+" onClick={() => setPose(zoomedIn)}>
            <ZoomIn size={18} />
          </Tool>
          <Tool
            label={t('thread.viewer.fit')}
            keys="0"
            onClick={() => setPose(FITTED)}
            off={pose.scale === 1}
          >
            <Maximize size={18} />
          </Tool>
          <a
            ref={save}
            className={styles['tool']}
            href={mediaUrl(picture?.mediaId ?? start)}
            download={picture?.name ?? true}
            onClick={() => tell('file.save', picture?.mediaId ?? start)}
            aria-label={t('thread.viewer.save')}
            title={`${t('thread.viewer.save')} (${SAVE_KEY})`}
          >
            <Download size={18} aria-hidden="true" />
          </a>
          <Tool label={t('thread.viewer.close')} keys="Esc" onClick={onClose}>
            <X size={18} />
          </Tool>
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- every gesture has a key and a button too */}
        <div
          ref={stage}
          className={styles['stage']}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- moved with the arrow keys
          tabIndex={0}
          role="group"
          aria-label={picture?.caption ?? name}
          data-enlarged={pose.scale > 1 || undefined}
          onWheel={onWheel}
          onPointerDown={onPointerDown}
          onPointerMove={(event) => {
            if (dragging) move(event.movementX, event.movementY);
          }}
          onPointerUp={() => setDragging(false)}
          onPointerCancel={() => setDragging(false)}
          onDoubleClick={() => setPose((now) => (now.scale === 1 ? zoomed(now, 2) : FITTED))}
        >
          {state === 'ready' && picture !== undefined ? (
            <img
              key={picture.mediaId}
              ref={image}
              className={styles['image']}
              src={mediaUrl(picture.mediaId)}
              alt={picture.caption ?? name}
              draggable={false}
              style={{
                transform: `translate(${String(pose.x)}px, ${String(pose.y)}px) scale(${String(pose.scale)})`,
              }}
            />
          ) : state === 'failed' ? (
            <span className={styles['state']}>
              {t('message.media.failed')}{' '}
              <button type="button" className={styles['again']} onClick={again}>
                {t('message.media.retry')}
              </button>
            </span>
          ) : (
            <Spinner size={20} />
          )}
        </div>
        {at === 0 ? null : (
          <button
            type="button"
            className={`${styles['side'] ?? ''} ${styles['previous'] ?? ''}`}
            aria-label={t('thread.viewer.previous')}
            title={t('thread.viewer.previous')}
            onClick={() => go(at - 1)}
          >
            <ChevronLeft size={24} className={styles['flip']} aria-hidden="true" />
          </button>
        )}
        {at === shown.length - 1 ? null : (
          <button
            type="button"
            className={`${styles['side'] ?? ''} ${styles['next'] ?? ''}`}
            aria-label={t('thread.viewer.next')}
            title={t('thread.viewer.next')}
            onClick={() => go(at + 1)}
          >
            <ChevronRight size={24} className={styles['flip']} aria-hidden="true" />
          </button>
        )}
      </div>
    </Lightbox>
  );
}

interface ToolProps {
  readonly label: string;
  readonly keys: string;
  readonly off?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Tool({ label, keys, off = false, onClick, children }: ToolProps): ReactNode {
  return (
    <button
      type="button"
      className={styles['tool']}
      aria-label={label}
      title={`${label} (${keys})`}
      aria-disabled={off}
      onClick={off ? undefined : onClick}
    >
      {children}
    </button>
  );
}

import { Info } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Channel } from '../../../../shared/domain/channel.ts';
import { t } from '../../../i18n/t.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Popover } from '../../../ui/Popover.tsx';
import styles from './ChannelFacts.module.css';

/** What the provider says about the number: to read, with who decided it. A channel without a rating has none here either. */
export function ChannelFacts({ channel }: { readonly channel: Channel }): ReactNode {
  const { health, capabilities } = channel;
  const label = t('trust.channel.about', { name: channel.name });
  const limit = health.messagingLimit;
  return (
    <Popover
      label={label}
      placement="bottom start"
      trigger={
        <IconButton label={label}>
          <Info size={14} />
        </IconButton>
      }
    >
      {() => (
        <div className={styles['facts']}>
          <dl className={styles['list']}>
            <Fact name={t('trust.channel.connection')}>
              {t(channel.official ? 'trust.channel.official' : 'trust.channel.unofficial')}
            </Fact>
            <Fact name={t('trust.channel.state')}>{t(`trust.channel.states.${health.state}`)}</Fact>
            {capabilities.qualityRating ? (
              <Fact name={t('trust.channel.quality')}>{t(`trust.channel.qualities.${health.quality}`)}</Fact>
            ) : null}
            {limit === null ? null : (
              <Fact name={t('trust.channel.limit')}>
                <bdi>{limit}</bdi>
              </Fact>
            )}
            {health.detail === null ? null : (
              <Fact name={t('trust.channel.detail')}>
                <bdi>{health.detail}</bdi>
              </Fact>
            )}
          </dl>
          <p className={styles['source']}>{t('trust.channel.source', { source: health.source })}</p>
        </div>
      )}
    </Popover>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={styles['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

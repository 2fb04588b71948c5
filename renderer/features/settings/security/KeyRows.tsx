import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { dayName } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { useNow } from '../../../lib/useNow.ts';
import { Button } from '../../../ui/Button.tsx';
import { Group, Row } from '../Row.tsx';
import { PassphraseDialog } from './PassphraseDialog.tsx';
import { RecoveryDialog } from './RecoveryDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { RotateDialog } from './RotateDialog.tsx';

const KEY = ['key.standing'];

/** How the key is kept, and everything that can be done about it. */
export function KeyRows(): ReactNode {
  const bridge = useBridge();
  const client = useQueryClient();
  const now = useNow(60_000);
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => bridge.call('key.standing', {}),
    refetchOnMount: 'always',
  });
  const [open, setOpen] = useState<'passphrase' | 'remove' | 'recovery' | 'rotate' | null>(null);
  if (data === undefined) return null;
  const has = data.mode === 'passphrase';
  const close = (): void => {
    setOpen(null);
    void client.invalidateQueries({ queryKey: KEY });
  };
  const { recovery } = data;
  return (
    <Group title={t('security.key.title')}>
      <Row
        isLabelled={false}
        title={t('security.key.passphrase')}
        hint={t(
          has
            ? 'security.key.passphraseSet'
            : data.mode === 'keychain'
              ? 'security.key.inKeychain'
              : 'security.key.inFile',
        )}
      >
        {has ? (
          <Button size="small" onPress={() => setOpen('remove')}>
            {t('security.key.remove')}
          </Button>
        ) : null}
        <Button size="small" onPress={() => setOpen('passphrase')}>
          {t(has ? 'security.key.change' : 'security.key.set')}
        </Button>
      </Row>
      <Row
        isLabelled={false}
        title={t('security.recovery.title')}
        hint={
          recovery === null
            ? t('security.recovery.none')
            : t(recovery.confirmedAt === null ? 'security.recovery.unconfirmed' : 'security.recovery.made', {
                day: dayName(recovery.createdAt, now),
              })
        }
      >
        <Button size="small" onPress={() => setOpen('recovery')}>
          {t(recovery === null ? 'security.recovery.make' : 'security.recovery.again')}
        </Button>
      </Row>
      <Row isLabelled={false} title={t('security.rotate.title')} hint={t('security.rotate.hint')}>
        <Button size="small" onPress={() => setOpen('rotate')}>
          {t('security.rotate.open')}
        </Button>
      </Row>
      {open === 'passphrase' ? <PassphraseDialog has={has} onClose={close} /> : null}
      {open === 'remove' ? <RemoveDialog options={data.options} onClose={close} /> : null}
      {open === 'recovery' ? (
        <RecoveryDialog asks={has} replaces={recovery !== null} onClose={close} />
      ) : null}
      {open === 'rotate' ? <RotateDialog asks={has} onClose={close} /> : null}
    </Group>
  );
}

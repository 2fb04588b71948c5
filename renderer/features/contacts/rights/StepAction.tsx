import { Download, ExternalLink, Lock, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { RightsRequest, RightsStepId } from '../../../../shared/domain/rights.ts';
import { t } from '../../../i18n/t.ts';
import { useBridge } from '../../../lib/bridge/context.ts';
import { callWords } from '../../../lib/callWords.ts';
import { downloadTicket } from '../../../lib/download.ts';
import { usePerson } from '../../../lib/queries/contacts.ts';
import { useNotices } from '../../../lib/stores/notices.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConsentDialog } from '../consent/ConsentDialog.tsx';
import { EraseDialog } from './EraseDialog.tsx';
import { ReasonDialog } from './ReasonDialog.tsx';
import styles from './Rights.module.css';

export interface StepActionProps {
  readonly request: RightsRequest;
  readonly step: RightsStepId;
  readonly name: string | null;
}

/** What does a step, where the application can. */
export function StepAction({ request, step, name }: StepActionProps): ReactNode {
  const bridge = useBridge();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const contact = usePerson(name === null ? null : request.contactId).data?.contact;
  const { show } = useNotices.getState();
  const fail = (error: unknown): void => show(callWords(error));
  const close = (): void => setAsking(false);

  switch (step) {
    case 'build_bundle':
      return (
        <Button
          size="small"
          variant="primary"
          icon={<Download size={14} />}
          isPending={busy}
          onPress={() => {
            if (busy) return;
            setBusy(true);
            bridge
              .call('rights.bundle', { requestId: request.id })
              .then(({ ticket, fileName }) => downloadTicket(ticket, fileName), fail)
              .finally(() => setBusy(false));
          }}
        >
          {t('rights.step.bundle')}
        </Button>
      );
    case 'erase_local': {
      if (contact === undefined) return null;
      const unsettled = request.steps.some(
        ({ id, state }) =>
          (id === 'confirm_identity' || id === 'check_holds') && (state === 'open' || state === 'failed'),
      );
      return (
        <>
          {unsettled ? <span className={styles['quiet']}>{t('rights.step.notYet')}</span> : null}
          <Button
            size="small"
            variant="danger"
            icon={<Trash2 size={14} />}
            isDisabled={unsettled}
            onPress={() => setAsking(true)}
          >
            {t('rights.step.erase')}
          </Button>
          {asking ? <EraseDialog contact={contact} requestId={request.id} onClose={close} /> : null}
        </>
      );
    }
    case 'restrict_local':
      if (contact === undefined) return null;
      return (
        <>
          <Button size="small" variant="primary" icon={<Lock size={14} />} onPress={() => setAsking(true)}>
            {t('rights.step.restrict')}
          </Button>
          {asking ? (
            <ReasonDialog
              title={t('rights.restrict.title', { name: contact.name })}
              text={t('rights.restrict.text')}
              label={t('rights.restrict.reason')}
              maxLength={2000}
              action={t('rights.restrict.save')}
              onClose={close}
              onSave={(reason) => {
                close();
                bridge.call('contact.restrict', { contactId: contact.id, reason }).catch(fail);
              }}
            />
          ) : null}
        </>
      );
    case 'record_withdrawal':
    case 'stop_purpose':
      if (contact === undefined) return null;
      return (
        <>
          <Button size="small" variant="primary" icon={<X size={14} />} onPress={() => setAsking(true)}>
            {t('rights.step.withdraw')}
          </Button>
          {asking ? (
            <ConsentDialog
              contact={contact}
              kinds={[...new Set(contact.identities.map(({ channelKind }) => channelKind))]}
              start={{
                purpose: request.purpose ?? 'marketing',
                state: 'withdrawn',
                source: `${t(`rights.right.${request.kind}`)} · ${request.id.slice(-8)}`,
              }}
              onClose={close}
            />
          ) : null}
        </>
      );
    case 'correct_record':
      return (
        <a href={`#/contacts/${request.contactId}`} className={styles['link']}>
          <ExternalLink size={14} aria-hidden="true" /> {t('rights.step.openPerson')}
        </a>
      );
    default:
      return null;
  }
}

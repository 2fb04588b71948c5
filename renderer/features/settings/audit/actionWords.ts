import type { audit } from '../../../i18n/en/audit.ts';
import { t } from '../../../i18n/t.ts';

type Known = keyof (typeof audit)['action'];

/** Actions of the audit whose words are in the catalogue; of others their own name is shown. */
const WORDS: Record<string, Known> = {
  'view.conversation': 'viewConversation',
  'view.contact': 'viewContact',
  'search.messages': 'searchMessages',
  'search.contacts': 'searchContacts',
  'file.open': 'fileOpen',
  'file.save': 'fileSave',
  'copy.message': 'copyMessage',
  'session.signIn': 'signIn',
  'session.signIn.failed': 'signInFailed',
  'session.signOut': 'signOut',
  'session.ended': 'sessionEnded',
  'session.revokeDevice': 'revokeDevice',
  'session.wipeDevice': 'wipeDevice',
  'termination.begin': 'terminationBegin',
  'termination.cancel': 'terminationCancel',
  'key.create': 'keyCreate',
  'key.unlock': 'unlock',
  'key.unlock.failed': 'unlockFailed',
  'key.lock': 'lock',
  'settings.change': 'settingsChange',
  'audit.export': 'auditExport',
  'diagnostics.bundle': 'bundle',
  'conversations.export.html': 'conversationsExport',
  'conversations.export.text': 'conversationsExport',
  'conversations.export.json': 'conversationsExport',
  'backup.write': 'backupWrite',
  'backup.inspect': 'backupInspect',
  'backup.restore': 'backupRestore',
  'backup.settings': 'backupSettings',
  'contacts.export.csv': 'contactsExport',
  'contacts.export.vcard': 'contactsExport',
  'contacts.export.json': 'contactsExport',
  'contacts.import': 'contactsImport',
  'contacts.import.undo': 'contactsImportUndo',
  'contact.erase': 'contactErase',
  'contact.restrict': 'contactRestrict',
  'contact.unrestrict': 'contactUnrestrict',
  'rights.bundle': 'rightsBundle',
  'key.makeRecovery': 'keyMakeRecovery',
  'key.recover': 'keyRecover',
  'key.rotate': 'keyRotate',
  'device.lost': 'deviceLost',
  'retention.save': 'retentionSave',
  'retention.device': 'retentionDevice',
  'retention.purge': 'purge',
  'hold.save': 'holdSave',
  'hold.release': 'holdRelease',
  'storage.limit': 'storageLimit',
  'storage.free': 'storageFree',
  'storage.reindex': 'storageReindex',
  'rights.hold': 'rightsHold',
  'rights.refuse': 'rightsRefuse',
  'message.override': 'messageOverride',
  'policy.trustKey': 'trustKey',
  'notice.acknowledge': 'noticeAcknowledge',
  'gateway.messages': 'supportMessages',
  'gateway.contacts': 'supportContacts',
  'gateway.files': 'supportFiles',
  'gateway.settings': 'supportSettings',
  'gateway.export': 'supportExport',
};

/** Actions that end in which of a kind it was. */
const FAMILIES: ReadonlyArray<readonly [start: string, words: Known]> = [
  ['key.keep.', 'keyKeep'],
  ['rights.open.', 'rightsOpen'],
  ['rights.receipt.', 'rightsReceipt'],
];

export function actionWords(action: string): string {
  const known = WORDS[action] ?? FAMILIES.find(([start]) => action.startsWith(start))?.[1];
  return known === undefined ? action : t(`audit.action.${known}`);
}

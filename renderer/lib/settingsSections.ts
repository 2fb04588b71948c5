/**
 * The sections of the settings in their order: name, what else they are called, and every setting in them with its sentence, for the search.
 * The one list: a section that stands here must have its component in `features/settings/components.tsx`, or nothing compiles.
 */
import { tokenize } from '../../shared/text/fold.ts';
import type { Role } from '../../shared/domain/workspace.ts';
import { t } from '../i18n/t.ts';

/** Functions, because the language may change. */
type Words = () => string;

interface Entry {
  readonly title: Words;
  readonly hint?: Words;
}

interface Place {
  readonly id: string;
  readonly title: Words;
  /** Other words that one may look for. */
  readonly keywords?: Words;
  readonly entries: ReadonlyArray<Entry>;
  /** Who sees it; left out: everybody. */
  readonly roles?: ReadonlyArray<Role>;
}

const entry = (title: Words, hint?: Words): Entry => (hint === undefined ? { title } : { title, hint });

export const PLACES = [
  {
    id: 'account',
    title: () => t('settings.section.account'),
    keywords: () => t('settings.words.account'),
    entries: [
      entry(
        () => t('settings.account.me'),
        () => t('settings.account.meHint'),
      ),
      entry(
        () => t('settings.section.devices'),
        () => t('settings.devices.text'),
      ),
    ],
  },
  {
    id: 'workspace',
    title: () => t('settings.section.workspace'),
    keywords: () => t('settings.words.workspace'),
    entries: [
      entry(
        () => t('settings.workspace.gateway'),
        () => t('settings.workspace.gatewayHint'),
      ),
      entry(
        () => t('settings.workspace.policy'),
        () => t('settings.workspace.policyHint'),
      ),
      entry(
        () => t('ending.section.title'),
        () => t('ending.section.text'),
      ),
    ],
  },
  {
    id: 'retention',
    title: () => t('settings.section.retention'),
    keywords: () => t('settings.words.retention'),
    entries: [
      entry(
        () => t('retention.rule.days'),
        () => t('retention.rule.intro'),
      ),
      entry(
        () => t('retention.rule.mode'),
        () => t('retention.rule.modeHint'),
      ),
      entry(
        () => t('retention.rule.storage'),
        () => t('retention.rule.storageHint'),
      ),
      entry(() => t('retention.hold.title')),
      entry(() => t('retention.receipt.title')),
    ],
  },
  {
    id: 'storage',
    title: () => t('settings.section.storage'),
    keywords: () => t('settings.words.storage'),
    entries: [
      entry(
        () => t('retention.storage.limit'),
        () => t('retention.storage.limitHint'),
      ),
      entry(
        () => t('retention.storage.free'),
        () => t('retention.storage.freeHint'),
      ),
      entry(
        () => t('retention.storage.compact'),
        () => t('retention.storage.compactHint'),
      ),
      entry(
        () => t('retention.storage.check'),
        () => t('retention.storage.checkHint'),
      ),
      entry(() => t('retention.storage.index')),
      entry(() => t('retention.storage.byConversation')),
    ],
  },
  {
    id: 'backup',
    title: () => t('settings.section.backup'),
    keywords: () => t('settings.words.backup'),
    entries: [
      entry(
        () => t('backup.make'),
        () => t('backup.text'),
      ),
      entry(() => t('backup.schedule')),
      entry(
        () => t('backup.restore.title'),
        () => t('backup.restore.text'),
      ),
      entry(
        () => t('backup.export.title'),
        () => t('backup.export.hint'),
      ),
    ],
  },
  {
    id: 'security',
    title: () => t('settings.section.security'),
    keywords: () => t('settings.words.security'),
    entries: [
      entry(
        () => t('security.lock.after'),
        () => t('security.lock.afterHint'),
      ),
      entry(
        () => t('security.lock.onSleep'),
        () => t('security.lock.onSleepHint'),
      ),
      entry(
        () => t('security.lock.onScreenLock'),
        () => t('security.lock.onScreenLockHint'),
      ),
      entry(
        () => t('security.lock.now'),
        () => t('security.lock.nowHint'),
      ),
      entry(() => t('security.key.passphrase')),
      entry(() => t('security.recovery.title')),
      entry(
        () => t('security.rotate.title'),
        () => t('security.rotate.hint'),
      ),
      entry(
        () => t('security.check.row'),
        () => t('security.check.hint'),
      ),
      entry(
        () => t('security.lost.row'),
        () => t('security.lost.hint'),
      ),
    ],
  },
  {
    id: 'privacy',
    title: () => t('settings.section.privacy'),
    keywords: () => t('settings.words.privacy'),
    entries: [
      entry(
        () => t('settings.privacy.desk'),
        () => t('settings.privacy.deskHint'),
      ),
    ],
  },
  {
    id: 'audit',
    title: () => t('settings.section.audit'),
    keywords: () => t('settings.words.audit'),
    entries: [
      entry(
        () => t('audit.verify'),
        () => t('audit.verifyHint'),
      ),
      entry(
        () => t('audit.export'),
        () => t('audit.exportHint'),
      ),
    ],
  },
  {
    id: 'notifications',
    title: () => t('settings.section.notifications'),
    entries: [
      entry(
        () => t('settings.notifications.enabled'),
        () => t('settings.notifications.enabledHint'),
      ),
      entry(
        () => t('settings.notifications.sound'),
        () => t('settings.notifications.soundHint'),
      ),
      entry(
        () => t('settings.notifications.showContent'),
        () => t('settings.notifications.showContentHint'),
      ),
      entry(() => t('settings.notifications.mine')),
      entry(() => t('settings.notifications.unassigned')),
      entry(() => t('settings.notifications.others')),
      entry(() => t('settings.notifications.mentions')),
      entry(
        () => t('settings.notifications.quiet'),
        () => t('settings.notifications.quietHint'),
      ),
    ],
  },
  {
    id: 'sending',
    title: () => t('settings.section.sending'),
    entries: [
      entry(
        () => t('settings.general.undoSend'),
        () => t('settings.general.undoSendHint'),
      ),
    ],
  },
  {
    id: 'appearance',
    title: () => t('settings.section.appearance'),
    keywords: () => t('settings.words.appearance'),
    entries: [
      entry(
        () => t('settings.general.theme'),
        () => t('settings.general.themeHint'),
      ),
      entry(
        () => t('settings.general.density'),
        () => t('settings.general.densityHint'),
      ),
    ],
  },
  {
    id: 'language',
    title: () => t('settings.section.language'),
    entries: [
      entry(
        () => t('settings.general.language'),
        () => t('settings.general.languageHint'),
      ),
    ],
  },
  {
    id: 'keyboard',
    title: () => t('settings.section.keyboard'),
    keywords: () => t('settings.words.keyboard'),
    entries: [
      entry(
        () => t('settings.general.shortcuts'),
        () => t('settings.general.shortcutsHint'),
      ),
    ],
  },
  {
    id: 'diagnostics',
    title: () => t('settings.section.diagnostics'),
    keywords: () => t('settings.words.diagnostics'),
    entries: [
      entry(
        () => t('audit.bundle'),
        () => t('audit.bundleHint'),
      ),
      entry(() => t('audit.slow')),
      entry(() => t('audit.log')),
      entry(() => t('audit.quarantine')),
    ],
  },
  {
    id: 'about',
    title: () => t('settings.section.about'),
    keywords: () => t('settings.words.about'),
    entries: [
      entry(() => t('settings.diagnostics.version')),
      entry(
        () => t('settings.about.licences'),
        () => t('settings.about.licencesHint'),
      ),
    ],
  },
] as const satisfies ReadonlyArray<Place>;

export type Section = (typeof PLACES)[number]['id'];

const ALL: ReadonlyArray<Place & { readonly id: Section }> = PLACES;

/** What somebody with this role is shown. */
export function placesFor(role: Role): ReadonlyArray<Place & { readonly id: Section }> {
  return ALL.filter(({ roles }) => roles === undefined || roles.includes(role));
}

/** Addresses of before. */
const MOVED: Record<string, Section> = { general: 'appearance', devices: 'account', promises: 'workspace' };

/** The section of an address; the first for none, or for one typed by hand that does not exist. */
export function sectionOf(word: string | undefined): Section {
  return ALL.find((each) => each.id === word)?.id ?? MOVED[word ?? ''] ?? 'account';
}

export interface Found {
  readonly section: Section;
  readonly title: string;
  readonly hint: string | undefined;
  readonly sectionTitle: string;
  /** The section itself, not a setting in it. */
  readonly whole: boolean;
}

/** Sections and settings in which every word begins some word of theirs, without case and accents; those named so before those that only tell of it. */
export function findSettings(query: string, role: Role): ReadonlyArray<Found> {
  const wanted = tokenize(query).map(({ text }) => text);
  if (wanted.length === 0) return [];
  const fits = (text: string): boolean => {
    const words = tokenize(text).map((token) => token.text);
    return wanted.every((each) => words.some((word) => word.startsWith(each)));
  };
  const found = placesFor(role).flatMap((place): (Found & { readonly rank: number })[] => {
    const sectionTitle = place.title();
    const own = { section: place.id, title: sectionTitle, hint: undefined, sectionTitle, whole: true };
    const named = fits(sectionTitle);
    const whole = named || fits(`${sectionTitle} ${place.keywords?.() ?? ''}`);
    return [
      ...(whole ? [{ ...own, rank: named ? 0 : 2 }] : []),
      ...place.entries.flatMap((each) => {
        const [title, hint] = [each.title(), each.hint?.()];
        if (!fits(`${title} ${hint ?? ''} ${sectionTitle}`)) return [];
        if (title === sectionTitle) return whole ? [] : [{ ...own, hint, rank: 1 }];
        return [{ section: place.id, title, hint, sectionTitle, whole: false, rank: fits(title) ? 1 : 3 }];
      }),
    ];
  });
  return found.toSorted((a, b) => a.rank - b.rank);
}

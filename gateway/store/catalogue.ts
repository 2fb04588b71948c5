/** What a workspace shares besides people and channels: labels, message templates, and the policy in its versions. */
import { newId } from '../../shared/domain/id.ts';
import { PolicyProfile } from '../../shared/domain/policy.ts';
import type { Label, Template } from '../../shared/domain/workspace.ts';
import type { Db } from './database.ts';
import type { Log } from './log.ts';
import type { PolicySigner } from './policy-signer.ts';

type State = { state: string };
export type TemplateChange = Partial<Pick<Template, 'state' | 'quality' | 'category' | 'body' | 'reason'>>;

export type Catalogue = ReturnType<typeof createCatalogue>;

/** `sign`: puts the gateway's signature on a profile. */
export function createCatalogue(db: Db, log: Log, sign: PolicySigner) {
  const label = db.prepare<State>('SELECT state FROM labels WHERE id = ? AND ws = ?');
  const labels = db.prepare<State>('SELECT state FROM labels WHERE ws = ? ORDER BY id');
  const putLabel = db.prepare('INSERT OR REPLACE INTO labels (id, ws, state) VALUES (?, ?, ?)');
  const template = db.prepare<State>('SELECT state FROM templates WHERE id = ? AND ws = ?');
  const templateByName = db.prepare<State>(
    'SELECT state FROM templates WHERE channel_id = ? AND name = ? AND language = ?',
  );
  const templates = db.prepare<State & { channel_id: string }>(
    'SELECT channel_id, state FROM templates WHERE ws = ? ORDER BY id',
  );
  const putTemplate = db.prepare(
    'INSERT OR REPLACE INTO templates (id, ws, channel_id, name, language, state) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const policy = db.prepare<State>('SELECT state FROM policies WHERE ws = ? ORDER BY version DESC LIMIT 1');
  const putPolicy = db.prepare('INSERT INTO policies (ws, version, state) VALUES (?, ?, ?)');

  function saveTemplate(ws: number, fields: Omit<Template, 'rev'>, at: number): Template {
    return db.tx(() => {
      let state = '';
      log.append(ws, at, 'template.changed', { channelId: fields.channelId }, (seq) => {
        state = JSON.stringify({ ...fields, rev: seq } satisfies Template);
        return `{"template":${state}}`;
      });
      putTemplate.run(fields.id, ws, fields.channelId, fields.name, fields.language, state);
      return JSON.parse(state) as Template;
    });
  }

  return {
    /** Makes or changes a label. */
    saveLabel(
      ws: number,
      fields: Omit<Label, 'id' | 'rev'> & { id?: string },
      at: number = Date.now(),
    ): Label {
      return db.tx(() => {
        const id = fields.id ?? newId();
        let state = '';
        log.append(ws, at, 'label.changed', {}, (seq) => {
          state = JSON.stringify({ ...fields, id, rev: seq } satisfies Label);
          return `{"label":${state}}`;
        });
        putLabel.run(id, ws, state);
        return JSON.parse(state) as Label;
      });
    },
    label(ws: number, id: string): Label | null {
      return parse<Label>(label.get(id, ws));
    },
    labelStates(ws: number): string[] {
      return labels.all(ws).map((row) => row.state);
    },
    saveTemplate(
      ws: number,
      fields: Omit<Template, 'id' | 'rev'> & { id?: string },
      at: number = Date.now(),
    ): Template {
      return saveTemplate(ws, { ...fields, id: fields.id ?? newId() }, at);
    },
    template(ws: number, id: string): Template | null {
      return parse<Template>(template.get(id, ws));
    },
    templateByName(channelId: string, name: string, language: string): Template | null {
      return parse<Template>(templateByName.get(channelId, name, language));
    },
    templateStates(ws: number): { channelId: string; state: string }[] {
      return templates.all(ws).map((row) => ({ channelId: row.channel_id, state: row.state }));
    },
    /** What the provider said about a template. One that was not known here is made. False when nothing is new. */
    changeTemplate(
      ws: number,
      key: { channelId: string; name: string; language: string },
      change: TemplateChange,
      at: number,
    ): boolean {
      const known = parse<Template>(templateByName.get(key.channelId, key.name, key.language));
      const { rev: _rev, ...before } = known ?? {
        ...key,
        id: newId(),
        category: 'other' as const,
        state: 'unknown' as const,
        quality: 'unknown' as const,
        header: null,
        body: '',
        footer: null,
        buttons: [],
        reason: null,
        rev: 0,
      };
      const after = { ...before, ...change };
      if (known !== null && JSON.stringify(after) === JSON.stringify(before)) return false;
      saveTemplate(ws, after, at);
      return true;
    },
    policy(ws: number): PolicyProfile {
      const found = parse<unknown>(policy.get(ws));
      if (found === null) throw new Error('the workspace has no policy');
      // A profile from before a field existed gets that field's "not stated".
      return PolicyProfile.parse(found);
    },
    policyState(ws: number): string {
      const row = policy.get(ws);
      if (row === undefined) throw new Error('the workspace has no policy');
      const stored = JSON.parse(row.state) as PolicyProfile;
      // One from before profiles were signed.
      return stored.signature === undefined ? JSON.stringify(sign(ws, stored)) : row.state;
    },
    /** Puts the next version of the policy into force; earlier versions are kept. */
    setPolicy(
      ws: number,
      profile: Omit<PolicyProfile, 'version' | 'rev' | 'signature'>,
      at: number = Date.now(),
    ): PolicyProfile {
      return db.tx(() => {
        const version = (parse<PolicyProfile>(policy.get(ws))?.version ?? 0) + 1;
        let state = '';
        log.append(ws, at, 'policy.changed', {}, (seq) => {
          state = JSON.stringify(sign(ws, { ...profile, version, rev: seq }));
          return `{"policy":${state}}`;
        });
        putPolicy.run(ws, version, state);
        return JSON.parse(state) as PolicyProfile;
      });
    },
  };
}

function parse<T>(row: State | undefined): T | null {
  return row === undefined ? null : (JSON.parse(row.state) as T);
}

/** Devices over HTTP (protocol README, section 1): listed, signed out, told to wipe themselves, and what they answer. */
import type { FastifyInstance } from 'fastify';
import { WipeReport } from '../../shared/protocol/session.ts';
import type { Device } from '../../shared/protocol/session.ts';
import { seesEverything } from '../store/visibility.ts';
import type { Viewer } from '../store/visibility.ts';
import { bearer } from './bearer.ts';
import type { ServerContext, SessionEnd } from './context.ts';
import { Refusal } from './errors.ts';

type OfDevice = { Params: { id: string } };

export function registerDevices(
  app: FastifyInstance,
  context: ServerContext,
  /** Says goodbye to the sockets of a device. */
  endDevice: (deviceId: string, kind: SessionEnd) => void,
): void {
  const { store } = context;

  app.get<{ Querystring: { of?: string } }>('/v1/devices', async (request): Promise<Device[]> => {
    const { session, viewer } = bearer(context, request);
    const whole = request.query.of === 'workspace';
    if (whole && !seesEverything(viewer)) throw new Refusal('forbidden');
    const devices = whole ? store.devices.ofWorkspace(viewer.ws) : store.devices.ofUser(session.userId);
    return devices.map((device) => ({ ...device, current: device.id === session.deviceId }));
  });

  app.delete<OfDevice>('/v1/devices/:id', async (request, reply) => {
    const { session } = bearer(context, request);
    if (!store.sessions.revokeDevice(session.userId, request.params.id, context.now())) {
      throw new Refusal('not_found');
    }
    endDevice(request.params.id, 'device_revoked');
    return reply.code(204).send();
  });

  app.post<OfDevice>('/v1/devices/:id/wipe', async (request, reply) => {
    const { viewer } = bearer(context, request);
    const { id } = request.params;
    if (!mayWipe(viewer, store.devices.owner(id))) throw new Refusal('not_found');
    store.devices.askWipe(id, viewer.userId, context.now());
    endDevice(id, 'device_wipe');
    return reply.code(204).send();
  });

  // Without a bearer: the session that it comes from has ended.
  app.post('/v1/wipe-receipts', async (request, reply) => {
    const parsed = WipeReport.safeParse(request.body);
    if (!parsed.success) throw new Refusal('invalid');
    const { refreshToken, receipt } = parsed.data;
    if (!store.devices.wiped(refreshToken, receipt, context.now())) throw new Refusal('not_found');
    return reply.code(204).send();
  });
}

/** One's own; those of the workspace for owners, and for supervisors those of everybody but owners. */
function mayWipe(viewer: Viewer, device: { userId: string; ws: number; role: string } | null): boolean {
  if (device === null || device.ws !== viewer.ws) return false;
  if (device.userId === viewer.userId || viewer.role === 'owner') return true;
  return viewer.role === 'supervisor' && device.role !== 'owner';
}

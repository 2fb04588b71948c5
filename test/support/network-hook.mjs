/**
 * Loaded into a process (NODE_OPTIONS=--import): writes where it connects to, sends to or asks a name server about, a line each, into the
 * file of PARLEY_NETWORK_LOG. Worker threads load it too.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import process from 'node:process';

const file = process.env['PARLEY_NETWORK_LOG'];

/** @param {string} line */
function note(line) {
  if (file !== undefined) appendFileSync(file, `${line}\n`);
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = /** @type {any} */ (
  /** @this {net.Socket} @param {...any} args */
  function noted(...args) {
    // Node hands its own normalised list on as one argument.
    const [first, second] = Array.isArray(args[0]) ? args[0] : args;
    const options =
      typeof first === 'object'
        ? first
        : typeof first === 'number'
          ? { port: first, host: second }
          : { path: first };
    const { host, port, path } = options;
    note(port == null ? `pipe ${path}` : `tcp ${host ?? 'localhost'}:${port}`);
    return connect.apply(this, /** @type {any} */ (args));
  }
);

for (const name of /** @type {const} */ (['lookup', 'resolve', 'resolve4', 'resolve6'])) {
  const asked = /** @type {any} */ (dns[name]);
  /** @type {any} */ (dns)[name] = (/** @type {string} */ host, /** @type {any[]} */ ...rest) => {
    // An address is no question to anybody.
    if (net.isIP(host) === 0) note(`dns ${host}`);
    return asked(host, ...rest);
  };
}

const { send } = dgram.Socket.prototype;
dgram.Socket.prototype.send = /** @type {any} */ (
  /** @this {dgram.Socket} @param {...any} args */
  function noted(...args) {
    note('udp');
    return send.apply(this, /** @type {any} */ (args));
  }
);
syncBuiltinESMExports();

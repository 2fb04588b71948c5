/** What `hello` and health say. */
export const GATEWAY_NAME = 'Parley reference gateway';
export const GATEWAY_VERSION = '0.1.0';

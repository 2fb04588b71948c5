import type { TwoForms } from '../catalogue.ts';

export const call: TwoForms['call'] = {
  forbidden_sender: 'Esta ventana no puede hacer eso.',
  unknown_call: 'Esta ventana y Parley no encajan. Vuelve a iniciar Parley.',
  invalid_input: 'Parley no lo entendió. Por favor, infórmanos del problema.',
  not_ready: 'Parley aún no está listo. Inténtalo de nuevo en un momento.',
  not_found: 'Esto ya no existe.',
  forbidden: 'Tu rol no lo permite.',
  offline: 'Para esto hace falta la conexión con el gateway.',
  refused: 'El gateway lo rechazó.',
  sign_in_refused: 'El gateway rechazó el inicio de sesión.',
  wrong_passphrase: 'La frase de contraseña es incorrecta.',
  weak_passphrase: 'La frase de contraseña es demasiado fácil de adivinar.',
  key_unavailable: 'No se puede acceder a la clave.',
  disk_full: 'El disco está lleno.',
  cache_damaged: 'El archivo con tus mensajes está dañado.',
  internal: 'Algo salió mal dentro de Parley.',
  gateway: {
    window_closed: 'La ventana de respuesta está cerrada. A este cliente solo le llega una plantilla.',
    opted_out: 'El cliente se dio de baja.',
    blocked: 'El contacto está bloqueado.',
    forbidden: 'Tu rol no lo permite.',
    rate_limited: 'Demasiado a la vez. Espera un momento.',
    conflict: 'Alguien se te adelantó. Vuelve a mirar.',
    channel_suspended: 'El número está suspendido.',
    unavailable: 'El gateway no puede hacerlo ahora mismo.',
  },
};

/** Si se puede creer lo prometido, y lo que se dice una vez a todos. */
export const trust = {
  signature: {
    by: 'Firmado con la clave {{key}}, conocida en este dispositivo desde {{day}}.',
    none: 'Esta pasarela no ha firmado sus promesas.',
    unsigned: 'La versión {{version}} de las promesas no está firmada.',
    invalid: 'La firma de la versión {{version}} de las promesas es incorrecta.',
    other_key: 'La versión {{version}} de las promesas está firmada con otra clave que antes.',
    strictest: 'Hasta que llegue una versión fiable, sigue valiendo la regla más estricta conocida.',
    offered: 'La otra clave es {{key}}.',
    ownersOnly: 'Solo los propietarios pueden aceptar otra clave.',
    believe: 'Confiar en esta clave',
    askTitle: '¿Confiar en otra clave de la pasarela?',
    ask: 'Compárela con la clave que la pasarela le dio por otra vía. Quien la tenga decide desde ahora cuánto se conserva aquí como máximo.',
  },
  tls: {
    title: 'Conexión rechazada',
    refused:
      'Sin conexión: la pasarela habla {{spoken}} y prometió al menos {{promised}}. Lo que escriba espera aquí.',
  },
  unofficial: {
    title: 'Canal no oficial',
    text: '{{name}} no está afiliado a WhatsApp ni a Meta. Usarlo es responsabilidad suya.',
    understood: 'Entendido',
  },
  channel: {
    about: 'Acerca de {{name}}',
    connection: 'Conexión',
    official: 'Interfaz oficial',
    unofficial: 'No oficial',
    state: 'Estado',
    states: {
      connected: 'Conectado',
      restricted: 'Restringido',
      suspended: 'Suspendido',
      disconnected: 'Desconectado',
    },
    quality: 'Calidad',
    qualities: { green: 'Verde', yellow: 'Amarilla', red: 'Roja', unknown: 'Desconocida' },
    limit: 'Límite de mensajes',
    detail: 'Motivo',
    source: 'Lo decide {{source}}. Aquí solo se lee.',
  },
  age: 'La política de {{name}} es para personas de {{age}} años o más: no añada a nadie más joven.',
} as const;

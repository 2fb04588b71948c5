import type { TwoForms } from '../catalogue.ts';

export const app: TwoForms['app'] = {
  name: 'Parley',
  loading: 'Cargando',
  cancel: 'Cancelar',
  typeName: 'Escribe el nombre del espacio de trabajo para continuar: {{name}}',
  retry: 'Reintentar',
  close: 'Cerrar',
  theme: {
    title: 'Apariencia',
    system: 'Como el sistema',
    light: 'Claro',
    dark: 'Oscuro',
  },
  user: {
    menu: 'Cuenta de {{name}}',
    signOut: 'Cerrar sesión',
    role: { owner: 'Propietario', supervisor: 'Supervisor', agent: 'Agente' },
  },
  connection: {
    label: 'Conexión',
    online: 'En línea',
    connecting: 'Conectando…',
    stage: {
      conversations: 'Cargando tus conversaciones',
      contacts: 'Cargando los contactos',
      history: 'Cargando el historial anterior',
      events: 'Poniéndose al día',
    },
    progress: '{{done}} de {{total}}',
    offline: 'Sin conexión',
    offlineHint: 'Puedes leer y escribir; todo se enviará cuando vuelva la conexión.',
    unsent_one: '{{count}} mensaje pendiente de envío',
    unsent_other: '{{count}} mensajes pendientes de envío',
    retryIn: 'Próximo intento en {{seconds}} s',
    retryNow: 'Intentar ahora',
    needsSignIn: 'Tu sesión ha terminado',
    signIn: 'Iniciar sesión',
    mismatch: 'El gateway usa otra versión',
  },
  keyFileBanner:
    'La clave de tus mensajes está en un archivo sin proteger en este equipo. Quien pueda leer tus archivos puede leerlos.',
  weakBackendBanner:
    'La clave de tus mensajes está en un almacén sin protección. Quien pueda leer tus archivos puede leerlos.',
  notices: 'Avisos',
  error: {
    title: 'Algo en esta ventana dejó de funcionar',
    text: 'Tus mensajes y borradores están a salvo. Volver a cargar la ventana suele ayudar.',
    reload: 'Volver a cargar la ventana',
  },
};

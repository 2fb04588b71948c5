export const ending = {
  banner: {
    counting_one:
      'Este espacio de trabajo termina. En {{count}} día ({{time}}) Parley borra todo lo suyo en este dispositivo.',
    counting_other:
      'Este espacio de trabajo termina. En {{count}} días ({{time}}) Parley borra todo lo suyo en este dispositivo.',
    today: 'Este espacio de trabajo termina. Hoy ({{time}}) Parley borra todo lo suyo en este dispositivo.',
    details: 'Detalles',
  },
  section: {
    title: 'Fin del espacio de trabajo',
    text: 'Cuando ha terminado el contrato con la pasarela, Parley borra por sí solo lo que este dispositivo tiene del espacio de trabajo, primero la clave, también sin red. Queda un comprobante.',
    none: 'No se ha anunciado ningún fin.',
    cancelled: 'Se anunció un fin y se retiró {{time}}.',
    ends: 'Fin del contrato',
    wiped: 'Se borra todo en este dispositivo',
    left: 'Tiempo restante',
    days_one: '{{count}} día',
    days_other: '{{count}} días',
    today: 'Menos de un día',
    promised: 'Lo que promete la pasarela',
    promisedDays_one: '{{count}} día después del fin',
    promisedDays_other: '{{count}} días después del fin',
    notStated: 'No se indica, así que nada sobrevive al fin',
    begin: 'Anunciar el fin…',
    move: 'Cambiar la fecha…',
    cancel: 'Retirarlo',
    owner: 'Solo los propietarios anuncian el fin del espacio de trabajo.',
    begun: 'Se ha anunciado el fin del espacio de trabajo.',
    keptOn: 'Se ha retirado el fin del espacio de trabajo.',
    failed: 'No se pudo leer el fin del espacio de trabajo.',
  },
  ask: {
    title: '¿Anunciar el fin de {{name}}?',
    lost: 'En todos los dispositivos del equipo se borrará todo lo de este espacio de trabajo: mensajes, archivos, contactos, borradores y lo que no se envió.',
    stays:
      'Las copias de seguridad que alguien guardó en otro lugar siguen allí. Hasta que llegue el día puedes retirarlo.',
    when: 'Fin del contrato',
    whenHelp: 'Tu hora local. El dispositivo se borra tantos días después como promete la pasarela.',
    missing: 'Elige un día y una hora.',
    type: 'Escribe el nombre del espacio de trabajo: {{name}}',
    wrong: 'Ese no es el nombre.',
    save: 'Anunciar el fin',
  },
  devices: {
    team: 'Dispositivos del equipo',
    wipe: 'Cerrar sesión y borrar…',
    wipeOf: 'Cerrar sesión y borrar {{name}}',
    title: '¿Cerrar sesión y borrar {{name}}?',
    lost: 'La próxima vez que encuentre la pasarela, destruye su clave y después borra todo lo que Parley tiene en él. Se pierden sus borradores y lo que no se envió.',
    waits:
      'Mientras esté apagado, bloqueado o sin red, sus datos siguen allí, cifrados. Las copias de seguridad guardadas en otro lugar también.',
    type: 'Escribe el nombre del dispositivo: {{name}}',
    wrong: 'Ese no es el nombre.',
    save: 'Cerrar sesión y borrar',
    asked: '{{name}} tiene la sesión cerrada y debe borrarse.',
    waiting: 'Se le pidió borrarse {{time}}. Aún no ha respondido.',
    done: 'Borrado {{time}}. Se destruyó la clave y después se borraron {{files}} archivos ({{size}}). No queda nada.',
    left: 'Borrado {{time}}. Se destruyó la clave. No se pudieron vaciar estas carpetas: {{names}}.',
  },
  receipt: {
    remoteTitle: 'Este dispositivo se ha borrado',
    terminatedTitle: 'El espacio de trabajo ha terminado',
    remote:
      'Alguien de tu espacio de trabajo cerró la sesión de este dispositivo y pidió que se borrara, {{time}}.',
    terminated:
      'El espacio de trabajo ha llegado a su fin, por eso Parley borró lo que tenía de él aquí, {{time}}.',
    scan: 'Se buscaron {{samples}} textos que estaban aquí en los bytes de todo lo que queda: {{found}} encontrados.',
    noScan: 'Se borró sin abrirlo, así que no había textos que buscar.',
    reported: 'La pasarela recibió este comprobante {{time}}.',
    notReported:
      'La pasarela aún no tiene este comprobante. Parley sigue intentándolo mientras está abierto.',
    save: 'Guardar comprobante',
  },
  wiping: {
    title: 'Borrando lo que Parley tiene aquí',
    lost: 'Se informó de este dispositivo. Primero se destruye la clave, después todo lo demás.',
    remote: 'Alguien lo pidió desde otro lugar. Primero se destruye la clave, después todo lo demás.',
    terminated:
      'El espacio de trabajo ha llegado a su fin. Primero se destruye la clave, después todo lo demás.',
  },
};

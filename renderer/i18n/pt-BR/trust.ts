/** Se dá para acreditar no que foi prometido, e o que se diz uma vez a todos. */
export const trust = {
  signature: {
    by: 'Assinado com a chave {{key}}, conhecida neste dispositivo desde {{day}}.',
    none: 'Este gateway não assinou as suas promessas.',
    unsigned: 'A versão {{version}} das promessas não está assinada.',
    invalid: 'A assinatura da versão {{version}} das promessas está errada.',
    other_key: 'A versão {{version}} das promessas está assinada com outra chave.',
    strictest: 'Até chegar uma versão confiável, continua valendo a regra mais rígida conhecida.',
    offered: 'A outra chave é {{key}}.',
    ownersOnly: 'Só proprietários podem aceitar outra chave.',
    believe: 'Confiar nesta chave',
    askTitle: 'Confiar em outra chave do gateway?',
    ask: 'Compare com a chave que o gateway lhe deu por outro meio. Quem a tem decide, a partir de agora, por quanto tempo no máximo algo fica aqui.',
  },
  tls: {
    title: 'Conexão recusada',
    refused:
      'Sem conexão: o gateway fala {{spoken}} e prometeu pelo menos {{promised}}. O que você escrever espera aqui.',
  },
  unofficial: {
    title: 'Canal não oficial',
    text: '{{name}} não é afiliado ao WhatsApp nem à Meta. O uso é de sua responsabilidade.',
    understood: 'Entendi',
  },
  channel: {
    about: 'Sobre {{name}}',
    connection: 'Conexão',
    official: 'Interface oficial',
    unofficial: 'Não oficial',
    state: 'Estado',
    states: {
      connected: 'Conectado',
      restricted: 'Restrito',
      suspended: 'Suspenso',
      disconnected: 'Desconectado',
    },
    quality: 'Qualidade',
    qualities: { green: 'Verde', yellow: 'Amarela', red: 'Vermelha', unknown: 'Desconhecida' },
    limit: 'Limite de mensagens',
    detail: 'Motivo',
    source: 'Decidido por {{source}}. Aqui só se lê.',
  },
  age: 'A política de {{name}} é para pessoas com {{age}} anos ou mais: não inclua ninguém mais jovem.',
} as const;

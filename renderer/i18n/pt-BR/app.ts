/** Words of the frame around everything. */
export const app = {
  name: 'Parley',
  loading: 'Carregando',
  cancel: 'Cancelar',
  typeName: 'Digite o nome do espaço de trabalho para continuar: {{name}}',
  retry: 'Tentar de novo',
  close: 'Fechar',
  theme: {
    title: 'Aparência',
    system: 'Igual ao sistema',
    light: 'Claro',
    dark: 'Escuro',
  },
  user: {
    menu: 'Conta de {{name}}',
    signOut: 'Sair',
    role: { owner: 'Proprietário', supervisor: 'Supervisor', agent: 'Atendente' },
  },
  connection: {
    label: 'Conexão',
    online: 'Conectado',
    connecting: 'Conectando…',
    stage: {
      conversations: 'Carregando suas conversas',
      contacts: 'Carregando os contatos',
      history: 'Carregando o histórico mais antigo',
      events: 'Atualizando',
    },
    progress: '{{done}} de {{total}}',
    offline: 'Sem conexão',
    offlineHint: 'Você pode ler e escrever; tudo será enviado quando a conexão voltar.',
    unsent_one: '{{count}} mensagem aguardando envio',
    unsent_other: '{{count}} mensagens aguardando envio',
    retryIn: 'Próxima tentativa em {{seconds}} s',
    retryNow: 'Tentar agora',
    needsSignIn: 'Sua sessão terminou',
    signIn: 'Entrar',
    mismatch: 'O gateway usa outra versão',
  },
  keyFileBanner:
    'A chave das suas mensagens está em um arquivo comum neste computador. Quem puder ler seus arquivos poderá lê-las.',
  weakBackendBanner:
    'A chave das suas mensagens está em um repositório sem proteção. Quem puder ler seus arquivos poderá lê-las.',
  notices: 'Avisos',
  error: {
    title: 'Algo nesta janela parou de funcionar',
    text: 'Suas mensagens e seus rascunhos estão seguros. Recarregar a janela costuma resolver.',
    reload: 'Recarregar a janela',
  },
} as const;

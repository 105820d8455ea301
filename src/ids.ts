/** Every name that package.json and the code share. A test holds the two together, in both directions. */

export const commands = {
  setKey: 'dailies.key.set',
  clearKey: 'dailies.key.clear',
  checkGateway: 'dailies.gateway.check',
  copyGatewayReport: 'dailies.gateway.copyReport',
  newVideo: 'dailies.video.new',
  generateSelection: 'dailies.video.generateSelection',
  newShotFile: 'dailies.shot.newFile',
  track: 'dailies.task.track',
  preview: 'dailies.task.preview',
  previewToSide: 'dailies.task.previewToSide',
  refresh: 'dailies.task.refresh',
  refreshAll: 'dailies.tasks.refreshAll',
  saveNow: 'dailies.task.save',
  retrySave: 'dailies.task.retrySave',
  requestLink: 'dailies.task.requestLink',
  saveAs: 'dailies.task.saveAs',
  stopSaving: 'dailies.task.stopSaving',
  locate: 'dailies.task.locate',
  openExternally: 'dailies.task.openExternally',
  openFolder: 'dailies.task.openFolder',
  showDetails: 'dailies.task.showDetails',
  rename: 'dailies.task.rename',
  anotherTake: 'dailies.task.anotherTake',
  editAndMake: 'dailies.task.editAndMake',
  copyPath: 'dailies.task.copyPath',
  copyLink: 'dailies.task.copyLink',
  openLink: 'dailies.task.openLink',
  copyId: 'dailies.task.copyId',
  copyJson: 'dailies.task.copyJson',
  copyCurl: 'dailies.task.copyCurl',
  copyShotFile: 'dailies.task.copyShotFile',
  copyRequestCurl: 'dailies.task.copyRequestCurl',
  showRawResponse: 'dailies.task.showRawResponse',
  cancelVideo: 'dailies.intent.cancel',
  sendVideo: 'dailies.intent.send',
  foundVideo: 'dailies.intent.found',
  notMade: 'dailies.intent.notMade',
  sendAgain: 'dailies.intent.sendAgain',
  editIntent: 'dailies.intent.edit',
  showIntent: 'dailies.intent.showDetails',
  copyIntentCurl: 'dailies.intent.copyCurl',
  remove: 'dailies.task.remove',
  removeFailed: 'dailies.tasks.removeFailed',
  markAllViewed: 'dailies.tasks.markAllViewed',
  pausePolling: 'dailies.polling.pause',
  resumePolling: 'dailies.polling.resume',
  showPollHealth: 'dailies.polling.showHealth',
  groupBy: 'dailies.tasks.groupBy',
  sortBy: 'dailies.tasks.sortBy',
  filter: 'dailies.tasks.filter',
  clearFilter: 'dailies.tasks.clearFilter',
  showTasks: 'dailies.tasks.show',
  exportTasks: 'dailies.tasks.export',
  importTasks: 'dailies.tasks.import',
  contactSheet: 'dailies.clips.contactSheet',
  findClips: 'dailies.clips.find',
  compare: 'dailies.clips.compare',
  compareWith: 'dailies.clips.compareWith',
  pick: 'dailies.take.pick',
  unpick: 'dailies.take.unpick',
  reject: 'dailies.take.reject',
  unreject: 'dailies.take.unreject',
  note: 'dailies.take.note',
  assignShot: 'dailies.take.assign',
  compareTakes: 'dailies.take.compare',
  useInNextShot: 'dailies.frame.useInNextShot',
  useAsFirst: 'dailies.frame.useAsFirst',
  showInShotFile: 'dailies.take.showInShotFile',
  copyFrame: 'dailies.frame.copy',
  saveFrame: 'dailies.frame.save',
  swapWithNext: 'dailies.compare.swapWithNext',
  swapWithPrevious: 'dailies.compare.swapWithPrevious',
  removeFromComparison: 'dailies.compare.remove',
  chooseFolder: 'dailies.save.chooseFolder',
  openWalkthrough: 'dailies.walkthrough.open',
  showLog: 'dailies.log.show',
  openSettings: 'dailies.settings.open',
  report: 'dailies.report',
  generateShot: 'dailies.shot.generate',
  generateShotFile: 'dailies.shot.generateAll',
  showTakes: 'dailies.shot.showTakes',
  showSpending: 'dailies.spending.show',
  playCut: 'dailies.cut.play',
  exportCut: 'dailies.cut.export',
  copyMcpConfiguration: 'dailies.agents.copyMcpConfiguration',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

/**
 * The buttons of a row, in order: each a command with its icon, for tasks of which `capabilitiesOf` says this word
 * and not the one of `unless`. The first is the most likely next step. The list's menus in package.json are the same, and test for the words.
 */
export const rowActions = [
  { command: commands.preview, icon: 'play', word: 'saved' },
  { command: commands.retrySave, icon: 'cloud-download', word: 'retriable', unless: 'expired' },
  { command: commands.requestLink, icon: 'cloud-download', word: 'expired' },
  { command: commands.locate, icon: 'search', word: 'locatable' },
  { command: commands.showDetails, icon: 'info', word: 'failed' },
  { command: commands.saveNow, icon: 'save', word: 'savable', unless: 'missing' },
  { command: commands.refresh, icon: 'refresh', word: 'refreshable' },
  { command: commands.stopSaving, icon: 'stop-circle', word: 'stoppable', unless: 'retriable' },
] as const;

/** The buttons of a video that is no task yet, as `rowActions`; the words are those of `intentCapabilitiesOf`. */
export const intentRowActions = [
  { command: commands.foundVideo, icon: 'tag', word: 'decidable' },
  { command: commands.sendVideo, icon: 'send', word: 'sendable' },
  { command: commands.cancelVideo, icon: 'close', word: 'cancellable' },
] as const;

/**
 * The choices of the list's submenus, each of them two commands of package.json: an extension has no menu items with a check mark, so
 * the choice that holds has a title with one. The palette shows none of them.
 */
export const listChoices = {
  groupBy: ['state', 'shot', 'model', 'day', 'none'],
  sortBy: ['newest', 'oldest', 'name', 'model'],
} as const;

/** The commands of a choice: without the mark, and with it. */
export function choiceCommands(list: keyof typeof listChoices, choice: string): [string, string] {
  const command = `${commands[list]}.${choice}`;
  return [command, `${command}.checked`];
}

export const views = {
  container: 'dailies',
  tasks: 'dailies.tasks',
} as const;

export const webviews = {
  preview: 'dailies.preview',
  player: 'dailies.player',
  compare: 'dailies.compare',
  contactSheet: 'dailies.contactSheet',
  film: 'dailies.film',
  frame: 'dailies.frame',
  cut: 'dailies.cut',
  spending: 'dailies.spending',
} as const;

/** Schemes of read-only documents. */
export const documents = {
  pollHealth: 'dailies-poll-health',
  rawAnswer: 'dailies-raw-answer',
  intent: 'dailies-request',
  gatewayCheck: 'dailies-gateway-check',
} as const;

/** Languages of documents. */
export const languages = {
  /** Shot files: Markdown, with YAML above each prompt. */
  shot: 'dailies-shot',
} as const;

/** Colours that themes and people can change. */
export const colors = {
  /** Of what is picked: its row and its star. */
  pick: 'dailies.pickForeground',
} as const;

/** Menus inside menus. */
export const submenus = {
  copyAs: 'dailies.copyAs',
  groupBy: 'dailies.groupBy',
  sortBy: 'dailies.sortBy',
} as const;

/** By their names inside the extension; VS Code knows them as `publisher.name#walkthrough` and `…#step`. */
export const walkthroughs = {
  start: 'start',
} as const;

export const walkthroughSteps = {
  key: 'key',
  make: 'make',
  watch: 'watch',
  preview: 'preview',
} as const;

export const contextKeys = {
  /** Whether a key is stored for the gateway of the setting. */
  hasKey: 'dailies.hasKey',
  /** Whether the system's keyring does not say if there is a key. */
  isKeyUnreadable: 'dailies.isKeyUnreadable',
  /** Whether the person has paused polling. */
  isPaused: 'dailies.isPaused',
  /** What can be done with the task of the player that was used last, in the words of `capabilitiesOf`, and `shown` where its clip is seen. */
  playerTask: 'dailies.playerTask',
  /** Whether the list shows only some of its tasks. */
  isFiltered: 'dailies.isFiltered',
  /** Whether the gateway of the setting cannot be reached just now. */
  isOffline: 'dailies.isOffline',
  /** Why Dailies has not started, where that is so: `tooOld` (VS Code is) or `failed`. */
  startFailure: 'dailies.startFailure',
  /** What was wrong with the task list when it was opened: `none`, `busy`, `damaged`, `newer`, `network` or `unusable`. */
  listTrouble: 'dailies.listTrouble',
  /** Whether the first look at keys and list is over: until then no welcome view is shown. */
  isReady: 'dailies.isReady',
  /** Whether there is a task in the list. */
  hasTasks: 'dailies.hasTasks',
  /** Whether there is a video in the list that is no task yet. */
  hasIntents: 'dailies.hasIntents',
  /** Whether a person has ever previewed a clip. */
  hasPreviewed: 'dailies.hasPreviewed',
  /** Whether Dailies has run in a window before this one: only then VS Code lists the walkthrough. */
  wasHereBefore: 'dailies.wasHereBefore',
  /** Whether this VS Code has started the MCP server: its models have the tools from there then. */
  isMcpStarted: 'dailies.isMcpStarted',
} as const;

export const settings = {
  groupBy: 'dailies.tasks.groupBy',
  sortBy: 'dailies.tasks.sortBy',
  baseUrl: 'dailies.gateway.baseUrl',
  confirm: 'dailies.create.confirm',
  confirmUnknownPrice: 'dailies.create.confirmUnknownPrice',
  prices: 'dailies.prices',
  currency: 'dailies.currency',
  dayLimit: 'dailies.spending.dayLimit',
  models: 'dailies.models',
  imagesUploader: 'dailies.images.uploader',
  imagesPicgoUrl: 'dailies.images.picgoUrl',
  imagesCommand: 'dailies.images.command',
  imagesExpireAfter: 'dailies.images.expiresAfterDays',
  pollInterval: 'dailies.poll.interval',
  watchHours: 'dailies.poll.watchHours',
  saveAutomatic: 'dailies.save.automatic',
  saveFolder: 'dailies.save.folder',
  saveFileName: 'dailies.save.fileName',
  saveSidecar: 'dailies.save.sidecar',
  saveMaxSize: 'dailies.save.maxSizeMB',
  notifyReady: 'dailies.notifications.ready',
  notifyFailed: 'dailies.notifications.failed',
  notifyAtRisk: 'dailies.notifications.atRisk',
  notifyKeyRejected: 'dailies.notifications.keyRejected',
  agentsPaid: 'dailies.agents.paid',
  agentsSessionBudget: 'dailies.agents.sessionBudget',
  agentsDayBudget: 'dailies.agents.dayBudget',
  agentsMcp: 'dailies.agents.mcp',
} as const;

/** What agents can call: language-model tools, and the same of the MCP server. */
export const tools = {
  listVideos: 'dailies_list_videos',
  getVideo: 'dailies_get_video',
  estimateVideo: 'dailies_estimate_video',
  makeVideo: 'dailies_make_video',
  waitForVideo: 'dailies_wait_for_video',
  saveFrame: 'dailies_save_frame',
  pickTake: 'dailies_pick_take',
  trackVideo: 'dailies_track_video',
  exportCut: 'dailies_export_cut',
} as const;

export type ToolName = (typeof tools)[keyof typeof tools];

/** Providers of MCP servers. */
export const mcpProviders = {
  dailies: 'dailies.mcp',
} as const;

/** SecretStorage holds one key for each gateway origin, under this name followed by the origin. */
export const KEY_SECRET_PREFIX = 'dailies.key:';

import type { Reply } from '../tasks/reply.ts';
import type { ProblemKind } from '../tasks/task.ts';

/** What is known of a response that is not about how the task is doing. */
export interface Refusal {
  /** The HTTP status, or the code in an envelope that means the same; `undefined` where there is none. */
  readonly status: number | undefined;
  /** What it says. */
  readonly words: string | undefined;
  /** A code that is a word, next to the words. */
  readonly codeWord?: string | undefined;
  /** What is shown of it; its words by default. */
  readonly text?: string;
  readonly retryAfter: number | null;
  /** Whether it is JSON: a page comes from something before the gateway. */
  readonly isJson: boolean;
  readonly id?: string | undefined;
}

/** Rate, not credit, whatever else it says. */
const RATE =
  /too many|rate.?limit|throttl|per (second|minute|hour)|concurren|(请求|访问|调用|操作)(过于|太|过)?频繁|频率|限流|并发/i;

/** The account is empty (api.md 3.3, insufficient balance). Credentials, load balancers and permissions are something else. */
const CREDIT =
  /额度|余额|欠费|积分|点数|充值|\bquota\b|(?<!load.)\bbalance\b|\bbilling\b|\bpayment\b|\bcredits?\b|\brecharge|\btop.?up\b|insufficient[_ ](quota|credit|balance|fund|point|token)|not enough (credit|balance|quota|fund|point|token)|\barrears\b/i;

/** The key itself was not accepted, … */
const KEY =
  /登录验证失败|未登录|请先登录|(令牌|密钥|秘钥|token|api.?key).{0,12}(无效|错误|过期|失效|不存在|不正确|invalid|expired|incorrect|wrong|missing)|(无效|错误|invalid|incorrect|expired|wrong|missing).{0,12}(令牌|密钥|秘钥|token|api.?key|credential)/i;

/** … or something that has to do with who sends the request. */
const UNKNOWN_PERSON = /unauthori[sz]ed|unauthenticated|authentication|\bnot logged in\b|login fail/i;

/** What a key is called. */
const KEY_NOUN = /\b(api.?)?key\b|\btoken\b|credential|\baccount\b|令牌|密钥|秘钥|账号|账户/i;

/** What a task is called, … */
const TASK_NOUN = /\b(task|job|generation|video|prediction|operation)s?(.?ids?)?\b|任务|作业|视频|记录/i;

/** … what is said of one that is not there, … */
const IS_GONE =
  /not.?found|no such|(does|do|did).?(not|n't).?exist|not.?exist|unknown|could not find|cannot find|can't find|expired|不存在|未找到|找不到|没有找到|查无|无此|已过期|已删除/i;

/** … also amid other words, … */
const SAID_OF_TASK =
  /\b(task|job|generation|prediction)(.?id)?\b.{0,40}(not.?found|not.?exist|n't exist)|(no such|unknown|(could|can) ?not find) (task|job|generation|prediction)|任务.{0,12}(不存在|未找到|找不到|已过期|已删除)/i;

/** … and what else may not be there. */
const OTHER_NOUN =
  /\b(route|path|endpoint|handler|url|page|model|user|account|channel|host|service|upstream|server|method|api|file|asset|image)s?\b|路由|接口|模型|用户|渠道|路径/i;

const SERVER =
  /internal.?(server.?)?error|service unavailable|bad gateway|gateway time|timed? ?out|overloaded|temporarily|maintenance|系统(繁忙|异常|错误|维护)|服务(器|端)?(内部)?(错误|异常|繁忙|不可用)|网络(异常|错误|超时)|稍后/i;

/** Something inside the gateway took too long, or failed, … */
const INSIDE =
  /tim(ed?|e[ -]?)[ -]?out|internal.?(server.?)?error|bad gateway|超时|系统(异常|错误)|服务(器|端)?(内部)?(错误|异常)|网络(异常|错误)/i;

/** … and not something that the request itself names. */
const NAMED = /\b(image|asset|file|url|link|login|session)s?\b|图片|素材|图像|链接|文件|登录/i;

/** Whether words say that something failed while a request was worked on: it may have been done all the same. */
export function isFailureInside(text: string): boolean {
  const words = spelled(text);
  return INSIDE.test(words) && !NAMED.test(words);
}

/** What a response means that refuses to say how the task is doing. It never ends a task. */
export function refusalOf(refusal: Refusal): Reply {
  const { status, words = '', text = words, retryAfter } = refusal;
  const problem = problemOf(refusal);
  return problem === 'keyRejected'
    ? { kind: 'keyRejected', text: words || text }
    : { kind: 'requestFailed', problem, text: status === 429 ? words : text, retryAfter };
}

/** What words alone say is wrong with the request; `undefined` where they may as well be about the task. */
export function problemInWords(text: string): ProblemKind | undefined {
  const words = spelled(text);
  if (RATE.test(words)) {
    return 'rateLimited';
  }
  if (KEY.test(words)) {
    return 'keyRejected';
  }
  if (CREDIT.test(words)) {
    return 'outOfCredit';
  }
  return UNKNOWN_PERSON.test(words) ? 'keyRejected' : undefined;
}

function problemOf({ status, words = '', codeWord = '', isJson, id }: Refusal): ProblemKind {
  // A path that is repeated names no task, though it has its id in it.
  const plain = `${words} ${codeWord}`.replace(/\/[^\s"']*/g, ' ');
  const said =
    id !== undefined && plain.includes(id) ? `task ${spelled(plain.replaceAll(id, ' '))}` : spelled(plain);
  switch (status) {
    case 429:
      return 'rateLimited';
    case 402:
      return 'outOfCredit';
    case 401:
      return CREDIT.test(said) && !KEY.test(said) ? 'outOfCredit' : 'keyRejected';
    case 403:
      return forbidden(said, isJson);
    case 404:
      return isDenial(said) && isJson ? 'notFound' : 'wrongAddress';
    case undefined:
      return problemInWords(said) ?? (isDenial(said) ? 'notFound' : SERVER.test(said) ? 'server' : 'refused');
  }
  if (status >= 500 || status === 408 || status === 425) {
    return isJson && said.includes('登录验证失败') ? 'keyRejected' : 'server';
  }
  if (status < 400) {
    return 'redirected';
  }
  const inWords = isJson ? problemInWords(said) : undefined;
  return inWords ?? (isJson && isDenial(said) ? 'notFound' : 'refused');
}

/** What is forbidden: everything, for lack of the right key or of credit, or this one task, which is another's. */
function forbidden(said: string, isJson: boolean): ProblemKind {
  if (RATE.test(said)) {
    return 'rateLimited';
  }
  if (!isJson) {
    return 'refused';
  }
  if (CREDIT.test(said)) {
    return 'outOfCredit';
  }
  return TASK_NOUN.test(said) && !KEY_NOUN.test(said) ? 'refused' : 'keyRejected';
}

/** Whether words name what is no task, such as a route. */
export function isAboutAddress(words: string): boolean {
  return OTHER_NOUN.test(spelled(words));
}

/** Whether words are about a task, and not about who sends the request. */
export function isAboutTask(words: string): boolean {
  const said = spelled(words);
  return TASK_NOUN.test(said) && !KEY_NOUN.test(said) && !OTHER_NOUN.test(said);
}

function isDenial(said: string): boolean {
  const short = SAID_OF_TASK.exec(said)?.[0];
  const isAboutTask = short !== undefined && !OTHER_NOUN.test(short);
  return isAboutTask || (IS_GONE.test(said) && TASK_NOUN.test(said) && !OTHER_NOUN.test(said));
}

/** Names of errors as words: `insufficient_quota`, `TaskNotFound`. */
function spelled(text: string): string {
  return text.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
}

/** Somewhere to change things and hear of changes. Listeners run once per animation frame, however often something changed. */
const due = new Set();
let isScheduled = false;

/** Runs an action before the next paint, once; a hidden page paints never, so there it runs soon. */
export function beforePaint(action) {
  due.add(action);
  if (isScheduled) return;
  isScheduled = true;
  if (document.hidden) setTimeout(runDue, 250);
  else requestAnimationFrame(runDue);
}

function runDue() {
  isScheduled = false;
  const actions = [...due];
  due.clear();
  for (const action of actions) action();
}

export class Store {
  #listeners = new Set();

  /** Calls at once and after each change, until the answer is called. */
  watch(listener) {
    const each = () => this.#listeners.has(each) && listener(this);
    this.#listeners.add(each);
    each();
    return () => this.#listeners.delete(each);
  }

  changed() {
    for (const each of this.#listeners) beforePaint(each);
  }
}

/** What a page has to undo when it is left. What comes too late, after a wait, is undone at once. */
export class Scope {
  #undo = [];
  #isOver = false;

  add(undo) {
    if (this.#isOver) undo();
    else this.#undo.push(undo);
  }

  every(ms, action) {
    const timer = setInterval(action, ms);
    this.add(() => clearInterval(timer));
  }

  on(target, event, action, options) {
    target.addEventListener(event, action, options);
    this.add(() => target.removeEventListener(event, action, options));
  }

  end() {
    this.#isOver = true;
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }
}

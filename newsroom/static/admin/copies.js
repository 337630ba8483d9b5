/* Copies of unsaved words in this browser, by story, person and page: for a crash, for thirty days at most. */

const PREFIX = "newsroom:story:";
const LONGEST = 30 * 24 * 60 * 60 * 1000;

export const keyOf = (story, user, page) => `${PREFIX}${story}:${user}:${page}`;

const keys = () => {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
};

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

/* True when the browser has it. */
export const write = (key, copy) => {
  try {
    localStorage.setItem(key, JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
};

export const drop = (key) => {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
};

/* What other pages of this person left of this story, the newest first. */
export const left = (story, user, page) =>
  keys()
    .filter((key) => key.startsWith(keyOf(story, user, "")) && key !== keyOf(story, user, page))
    .map((key) => ({ key, page: key.split(":").pop(), ...read(key) }))
    .filter((copy) => Array.isArray(copy.words))
    .sort((one, other) => other.at - one.at);

export const allOf = (user) => keys().filter((key) => key.split(":")[3] === user);

export const sweep = () => {
  for (const key of keys()) if (!(Date.now() - read(key)?.at < LONGEST)) drop(key);
};

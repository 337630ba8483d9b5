/* What the writing page asks the server: with the form's token, and with a fresh one once signing in has changed it. */

export const panel = document.getElementById("writing");
const PATIENCE = 20000;

const fetched = async (url, options = {}) => {
  try {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE) });
    const isJson = response.headers.get("Content-Type")?.includes("json");
    return { ...(isJson ? await response.json() : {}), status: response.status };
  } catch {
    return { status: 0 };
  }
};

/* A fresh token for every form of the page, so that the ordinary buttons work too. It is no use to another person. */
export const renew = async () => {
  const answer = await fetched(panel.dataset.autosave);
  if (answer.status !== 200) return answer;
  if (String(answer.user) !== panel.dataset.user) return { status: 401 };
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = answer.token;
  return answer;
};

/* Sends `data`; gives back the answer's words with its `status`, which is 0 when there was no answer. */
export const ask = async (url, data, isFirst = true) => {
  data.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
  const answer = await fetched(url, { method: "POST", body: data });
  if (answer.status !== 403 || answer.error || !isFirst) return answer;
  const fresh = await renew();
  return fresh.status === 200 ? ask(url, data, false) : fresh;
};

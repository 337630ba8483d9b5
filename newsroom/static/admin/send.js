/* One picture file on its way to the library. */

const answerOf = (request, file) => {
  const lost = { error: `${file.name}: it did not arrive (${request.status || "no connection"}). Try it again.` };
  try {
    const answer = JSON.parse(request.responseText);
    return answer.sentence || answer.error ? answer : lost;
  } catch {
    return lost;
  }
};

/* Sends a file, and resolves with the server's answer about it, which always has a `sentence` or an `error`.
   `isTaken` says whether the library has it now. `moved` is told how much of it has gone, from 0 to 1. */
export const send = (file, { url, token, moved = () => {} }) =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file, file.name);
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", token);
    request.upload.addEventListener("progress", (event) => event.lengthComputable && moved(event.loaded / event.total));
    request.addEventListener("loadend", () => {
      const isTaken = request.status === 200 || request.status === 201;
      resolve({ ...answerOf(request, file), isTaken, status: request.status });
    });
    request.send(body);
  });

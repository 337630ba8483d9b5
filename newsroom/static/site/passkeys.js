// Passkeys: the browser makes one or uses one, and its answer goes out with the form. Without it there is the password.

const BYTES = { create: ["challenge", "user.id", "excludeCredentials"], get: ["challenge", "allowCredentials"] };

if (window.PublicKeyCredential) for (const form of document.querySelectorAll("form[data-passkey]")) begin(form);

function begin(form) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-problem]");
    problem.textContent = "";
    try {
      const how = form.dataset.passkey;
      const credential = await navigator.credentials[how]({ publicKey: readable(await asked(form), BYTES[how]) });
      form.elements.credential.value = JSON.stringify(told(credential));
      form.submit();
    } catch (error) {
      problem.textContent = sentence(error);
    }
  });
}

// What the site asks for: it stands on the page, or at the form's address.
async function asked(form) {
  const here = document.getElementById("js_data");
  if (here && !form.dataset.fetch) {
    const data = JSON.parse(here.textContent);
    return demanding((data.creation_options ?? data.request_options).publicKey);
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status of ${answer.status}`);
  return (await answer.json()).request_options.publicKey;
}

// A new passkey is kept by the device and asks for its owner.
function demanding(options) {
  if (options.user) {
    options.authenticatorSelection = {
      ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required",
    };
  }
  return options;
}

function readable(options, names) {
  for (const name of names) {
    if (name === "user.id") options.user.id = bytes(options.user.id);
    else if (Array.isArray(options[name])) for (const one of options[name]) one.id = bytes(one.id);
    else if (options[name]) options[name] = bytes(options[name]);
  }
  return options;
}

function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function sentence(error) {
  if (error.name === "InvalidStateError") return "This device has a passkey for your account already.";
  if (error.name === "NotAllowedError") return "No passkey was used. Try again, or go another way.";
  return "That did not work. Try again, or go another way.";
}

// Bytes travel as base64 with “-” and “_”, and without “=”.
function bytes(words) {
  return Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

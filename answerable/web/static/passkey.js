/* Asks the browser for a passkey when a form with data-passkey is sent, puts what it signed into the form, and
   sends it. Without this file the form says that it needs JavaScript; password and code work everywhere. */
(function () {
  "use strict";
  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (one) { return one.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = Array.from(new Uint8Array(buffer), function (one) { return String.fromCharCode(one); }).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function named(one) { return Object.assign({}, one, { id: bytes(one.id) }); }
  function asked(options) {
    var wanted = Object.assign({}, options, { challenge: bytes(options.challenge) });
    if (options.user) { wanted.user = Object.assign({}, options.user, { id: bytes(options.user.id) }); }
    if (options.excludeCredentials) { wanted.excludeCredentials = options.excludeCredentials.map(named); }
    if (options.allowCredentials) { wanted.allowCredentials = options.allowCredentials.map(named); }
    return wanted;
  }
  function said(made) {
    var answer = { clientDataJSON: text(made.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (made.response[name]) { answer[name] = text(made.response[name]); }
    });
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response: answer });
  }
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var unable = form.querySelector("[data-unable]");
      unable.hidden = true;
      function failed() { unable.hidden = false; }
      if (!window.PublicKeyCredential) { failed(); return; }
      navigator.credentials[form.dataset.passkey]({ publicKey: asked(JSON.parse(form.dataset.options)) })
        .then(function (made) {
          form.elements.credential.value = said(made);
          form.submit();
        })
        .catch(failed);
    });
  });
})();

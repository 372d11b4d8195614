/* The note form without a network: a note waits on this device and is sent when there is one. Each note carries a
   secret, so that sending it twice keeps it once. Without this file the form is a plain form. */
(function () {
  "use strict";
  var form = document.getElementById("note");
  if (!form || !window.indexedDB || !window.fetch) { return; }
  var NAME = "notes", sending = false;

  function store(mode, work) {
    return new Promise(function (done, fail) {
      var asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore(NAME, { keyPath: "secret" }); };
      asked.onerror = function () { fail(asked.error); };
      asked.onsuccess = function () {
        var base = asked.result, change = base.transaction(NAME, mode);
        var found = work(change.objectStore(NAME));
        change.oncomplete = function () { base.close(); done(found.result); };
        change.onabort = change.onerror = function () { base.close(); fail(change.error); };
      };
    });
  }
  function waiting() { return store("readonly", function (notes) { return notes.getAll(); }); }
  function keep(note) { return store("readwrite", function (notes) { return notes.put(note); }); }
  function drop(secret) { return store("readwrite", function (notes) { return notes.delete(secret); }); }

  function show() {
    return waiting().then(function (notes) {
      document.getElementById("waits").hidden = !notes.length;
      document.getElementById("waits-count").textContent = String(notes.length);
    });
  }
  function said(code) {
    document.getElementById("kept-code").textContent = code;
    document.getElementById("kept").hidden = false;
  }
  function fresh() {
    var unit = form.elements.unit.value, way = form.elements.came_by.value;
    form.reset();
    ["text", "place", "contact"].forEach(function (name) { form.elements[name].value = ""; });
    form.elements.unit.value = unit;
    form.elements.came_by.value = way;
    var bytes = crypto.getRandomValues(new Uint8Array(18));
    form.elements.secret.value = Array.from(bytes, function (one) { return ("0" + one.toString(16)).slice(-2); }).join("");
    form.elements.text.focus();
  }
  function note() {
    var found = { said_at: new Date().toISOString() };
    new FormData(form).forEach(function (value, name) { if (name !== "csrfmiddlewaretoken") { found[name] = value; } });
    return found;
  }
  /* The token of the page in hand may be older than the session: ask for a fresh one. Null: signed out. */
  function token() {
    return fetch(form.action, { redirect: "manual", cache: "no-store" }).then(function (answer) {
      if (answer.type === "opaqueredirect") { return null; }
      if (!answer.ok) { throw new Error("the desk is away"); }
      return answer.text().then(function (text) {
        var page = new DOMParser().parseFromString(text, "text/html");
        var field = page.querySelector("#note input[name=csrfmiddlewaretoken]");
        return field ? field.value : null;
      });
    });
  }
  function post(found, mark) {
    var body = new URLSearchParams(found);
    body.set("csrfmiddlewaretoken", mark);
    return fetch(form.action, { method: "POST", body: body, redirect: "manual", headers: { Accept: "application/json" } });
  }
  function flush() {
    if (sending) { return Promise.resolve(); }
    sending = true;
    return waiting().then(function (notes) {
      if (!notes.length) { return; }
      return token().then(function (mark) {
        document.getElementById("waits-sign-in").hidden = mark !== null;
        if (mark === null) { return; }
        return notes.reduce(function (before, one) {
          return before.then(function () {
            return post(one, mark).then(function (answer) {
              /* What the desk refuses stays here, where somebody can read it; what it took goes. */
              if (!answer.ok) { return; }
              return answer.json().then(function (got) { said(got.code); return drop(one.secret); });
            });
          });
        }, Promise.resolve());
      });
    }).catch(function () {}).then(function () { sending = false; return show(); });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var found = note(), mark = form.elements.csrfmiddlewaretoken.value;
    document.getElementById("kept").hidden = true;
    post(found, mark).then(function (answer) {
      if (answer.ok) { return answer.json().then(function (got) { said(got.code); fresh(); }); }
      if (answer.status === 400) { form.submit(); return; }
      return keep(found).then(fresh).then(flush);
    }, function () { return keep(found).then(fresh).then(show); });
  });
  form.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });
  document.getElementById("waits-send").addEventListener("click", flush);
  window.addEventListener("online", flush);

  if (navigator.serviceWorker && window.caches) {
    var parts = [location.pathname];
    document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]").forEach(function (one) {
      parts.push(one.getAttribute("href") || one.getAttribute("src"));
    });
    navigator.serviceWorker.register(form.dataset.worker).then(function () {
      return caches.open(NAME);
    }).then(function (kept) {
      return navigator.onLine ? kept.addAll(parts) : undefined;
    }).catch(function () {});
  }
  show().then(flush);
})();

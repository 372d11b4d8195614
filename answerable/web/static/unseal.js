/* Opens a sealed report in the overseer's browser, and makes the office's pair of keys there. The private half is
   read from a file or written into one, and never sent. Without this file: openssl and `answerable unseal`. */
(function () {
  "use strict";
  var CURVE = { name: "ECDH", namedCurve: "P-256" };
  function bytes(text) { return Uint8Array.from(atob(text), function (one) { return one.charCodeAt(0); }); }
  function pem(buffer, what) {
    var text = btoa(Array.from(new Uint8Array(buffer), function (one) { return String.fromCharCode(one); }).join(""));
    return "-----BEGIN " + what + "-----\n" + text.match(/.{1,64}/g).join("\n") + "\n-----END " + what + "-----\n";
  }
  function body(text) {
    var found = /-----BEGIN PRIVATE KEY-----([\s\S]+?)-----END PRIVATE KEY-----/.exec(text);
    if (!found) { throw new Error("no key"); }
    return bytes(found[1].replace(/\s/g, ""));
  }
  function opened(key, box) {
    var point = box.slice(1, 66), nonce = box.slice(66, 78), rest = box.slice(78);
    return Promise.all([
      crypto.subtle.importKey("pkcs8", key, CURVE, false, ["deriveBits"]),
      crypto.subtle.importKey("raw", point, CURVE, false, [])
    ]).then(function (pair) {
      return crypto.subtle.deriveBits({ name: "ECDH", public: pair[1] }, pair[0], 256);
    }).then(function (shared) {
      return crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    }).then(function (shared) {
      var how = { name: "HKDF", hash: "SHA-256", salt: point, info: new TextEncoder().encode("answerable sealed report 1") };
      return crypto.subtle.deriveKey(how, shared, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    }).then(function (inner) {
      return crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: point }, inner, rest);
    }).then(function (words) { return new TextDecoder().decode(words); });
  }
  document.querySelectorAll("[data-box]").forEach(function (place) {
    var unable = place.querySelector("[data-unable]"), words = place.querySelector("[data-words]");
    place.querySelector("[data-tools]").hidden = !window.crypto || !crypto.subtle;
    place.querySelector("input[type=file]").addEventListener("change", function (event) {
      unable.hidden = words.hidden = true;
      event.target.files[0].text().then(body).then(function (key) {
        return opened(key, bytes(place.dataset.box));
      }).then(function (text) {
        words.textContent = text;
        words.hidden = false;
        words.focus();
      }).catch(function () { unable.hidden = false; });
    });
  });
  document.querySelectorAll("[data-make-key]").forEach(function (button) {
    button.hidden = !window.crypto || !crypto.subtle;
    button.addEventListener("click", function () {
      crypto.subtle.generateKey(CURVE, true, ["deriveBits"]).then(function (pair) {
        return Promise.all([
          crypto.subtle.exportKey("pkcs8", pair.privateKey), crypto.subtle.exportKey("spki", pair.publicKey)
        ]);
      }).then(function (halves) {
        var link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([pem(halves[0], "PRIVATE KEY")], { type: "application/x-pem-file" }));
        link.download = "overseer-private-key.pem";
        link.click();
        document.getElementById("public").value = pem(halves[1], "PUBLIC KEY");
      });
    });
  });
})();

// Attaches behaviour: <… data-module="copy-link"> gets the default export of copy-link.js. Every page works without.
export function attach(root) {
  for (const element of root.querySelectorAll("[data-module]")) {
    if (element.dataset.attached) continue;
    element.dataset.attached = "";
    for (const name of element.dataset.module.split(" ")) {
      import(`./${name}.js`).then((module) => module.default(element)).catch((error) => console.error(name, error));
    }
  }
}

attach(document);

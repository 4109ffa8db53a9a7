// What the open post has sent. Until that is answered nothing takes the place of the form that waits: the answer, or a
// refusal, would find no place and never be read.
const PATIENCE = 10_000; // ms
let answers = 0;

const sending = () => document.querySelector("#drawer .htmx-request");

export const isSending = () => sending() !== null;

// How often something that was sent has been answered: what was asked for before that may be an older state.
export const answersSoFar = () => answers;

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.requestConfig.verb !== "get") answers += 1;
});

// Waits for the answer; tells whether it was none that has to be read first.
export function settled() {
  const form = sending();
  if (!form) return Promise.resolve(true);
  return new Promise((done) => {
    setTimeout(() => done(true), PATIENCE);
    document.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (detail.requestConfig.elt === form) done(detail.xhr.status < 400);
    });
  });
}

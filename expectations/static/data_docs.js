// What the pages' own buttons do, without the libraries they ask the web for.
"use strict";

function rowsThatSucceeded() {
  return [...document.querySelectorAll(".hide-succeeded-validation-target-child")]
    .map((mark) => mark.closest("tr")).filter(Boolean);
}

window.showAllValidations = () => rowsThatSucceeded().forEach((row) => { row.hidden = false; });
window.hideSucceededValidations = () => rowsThatSucceeded().forEach((row) => { row.hidden = true; });

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-toggle=collapse]");
  if (link) {
    event.preventDefault();
    document.getElementById(link.getAttribute("href").slice(1)).classList.toggle("show");
  }
  const button = event.target.closest(".btn-group .btn");
  if (button) {
    button.parentElement.querySelectorAll(".btn").forEach((other) => {
      other.classList.toggle("active", other === button);
    });
  }
});

(() => {
  const cards = [...document.querySelectorAll("article")];
  const text = document.getElementById("filter");
  const found = document.getElementById("found");
  const output = document.getElementById("shown");
  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    let left = 0;
    for (const card of cards) {
      const named = card.querySelector("h3").textContent.toLowerCase().includes(wanted);
      card.hidden = !named || (found !== null && found.checked && !card.className);
      left += card.hidden ? 0 : 1;
    }
    output.textContent = left < cards.length ? `${left} of ${cards.length}` : "";
  };
  text.addEventListener("input", apply);
  if (found) found.addEventListener("change", apply);
  text.parentElement.hidden = false;
})();

// Folds the sidebar after a tap on one of its links, where it would lie over the chosen page.
const NARROW = "(max-width: 768px)"; // below this Streamlit lays the sidebar over the page

function fold(event) {
  const isLink = event.target.closest('[data-testid="stPageLink"]');
  if (!isLink || !window.matchMedia(NARROW).matches) return;
  event.currentTarget.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

export default function () {
  const sidebar = document.querySelector('[data-testid="stSidebar"]');
  sidebar?.addEventListener("click", fold);
  return () => sidebar?.removeEventListener("click", fold);
}

// Gives the page its looks before anything is painted. It runs before the app is fetched, so it uses nothing of it.
// renderer/theme/looks.ts keeps what is read here.
;(() => {
  let kept = {}
  try {
    kept = JSON.parse(localStorage.getItem('capstan.looks')) ?? {}
  } catch {
    // Something else has written there, or the browser keeps nothing: the page follows the system.
  }
  const light = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
  const { dataset } = document.documentElement
  dataset.theme = ['light', 'dark'].includes(kept.theme) ? kept.theme : light
  if (['small', 'large', 'larger'].includes(kept.textSize)) dataset.textSize = kept.textSize
  if (kept.density === 'compact') dataset.density = kept.density
})()

// Heat map: the light of each activity at each corte. Arrow keys move, Enter asks.
(function (S) {
  'use strict';
  const h = S.h;
  const LOTE = 60;
  const EN_PAPEL = 600;
  const VACIOS = { 'S.I.': 'si', 'S.P.': 'sp' };

  S.secciones.calor = function calor(caja, p) {
    const cortes = p.cortes;
    const cuerpo = h('tbody', {});
    const fin = h('div', { class: 'tabla-fin' });
    let dibujadas = 0;

    // A month that is still to come is neither good nor bad: only whether something is programmed.
    function espera(ao, corte) {
      const programado = (p.metas(ao.lugar).find((m) => m.mes === corte) || {}).programado_fisico > 0;
      const valor = programado ? 'por vencer, con programación' : 'por vencer, sin programación';
      return h('td', {
        role: 'gridcell', tabindex: '-1', 'aria-label': valor, title: `${S.f.mayuscula(S.mes(corte))}: ${valor}`,
        class: programado ? 'calor-pv' : 'calor-nada', onclick: () => S.preguntar(S.pregunta.deActividad(ao, corte)),
      }, programado ? 'P' : '');
    }

    function celda(ao, corte) {
      if (p.porVencer(corte)) return espera(ao, corte);
      const a = p.avance('AO', ao.lugar, corte);
      const banda = a && a.semaforo_fisico && S.banda(p.metodo, 'fisico', a.semaforo_fisico);
      const valor = a ? (banda ? `${S.f.mayuscula(banda.color)}, ${S.f.pct(a.avance_fisico_pct)}`
        : a.avance_fisico_pct === null ? a.estado : S.f.pct(a.avance_fisico_pct)) : 'sin dato';
      return h('td', {
        role: 'gridcell', tabindex: '-1', 'aria-label': valor, title: `${S.f.mayuscula(S.mes(corte))}: ${valor}`,
        class: a && !banda ? `calor-${VACIOS[a.estado] || 'nada'}`
          : [corte === p.corte && 'calor-corte', banda && banda.borde && 'clara'].filter(Boolean).join(' ') || null,
        style: banda ? `background:${banda.hex};color:${banda.tinta}` : null,
        onclick: () => a && S.preguntar(S.pregunta.deActividad(ao, corte)),
      }, banda ? banda.letra : a && VACIOS[a.estado] ? a.estado : '·');
    }

    function mas(cuantas) {
      const hasta = Math.min(p.aos.length, dibujadas + cuantas);
      const lote = document.createDocumentFragment();
      for (; dibujadas < hasta; dibujadas += 1) {
        const ao = p.aos[dibujadas];
        lote.append(h('tr', { role: 'row' },
          h('th', { scope: 'row', role: 'rowheader', title: ao.nombre }, h('span', { class: 'codigo' }, ao.actividad_id), ' ', ao.nombre),
          cortes.map((corte) => celda(ao, corte))));
      }
      cuerpo.append(lote);
      S.vaciar(fin, dibujadas < p.aos.length && h('button', { type: 'button', class: 'mas', onclick: () => mas(p.aos.length) },
        `Mostrar las ${S.f.entero(p.aos.length)} actividades`));
    }

    cuerpo.addEventListener('keydown', (suceso) => {
      const donde = suceso.target.closest('td');
      if (!donde) return;
      const lugar = [...donde.parentNode.children].indexOf(donde);
      const vecina = {
        ArrowRight: () => donde.nextElementSibling, ArrowLeft: () => donde.previousElementSibling,
        ArrowDown: () => (donde.parentNode.nextElementSibling || {}).children,
        ArrowUp: () => (donde.parentNode.previousElementSibling || {}).children,
      }[suceso.key];
      if (vecina) {
        const otra = vecina();
        const destino = otra && otra.length ? otra[lugar] : otra;
        if (destino && destino.tagName === 'TD') {
          donde.tabIndex = -1;
          destino.tabIndex = 0;
          destino.focus();
        }
        suceso.preventDefault();
      } else if (suceso.key === 'Enter' || suceso.key === ' ') {
        donde.click();
        suceso.preventDefault();
      }
    });

    S.vaciar(caja,
      h('p', { class: 'leyenda' }, S.bandas(p.metodo, 'fisico').map((b) => h('span', {}, S.luz(b), ' ', b.etiqueta)),
        h('span', {}, h('span', { class: 'estado estado-si' }, 'S.I.'), ' seguimiento incompleto'),
        h('span', {}, h('span', { class: 'estado estado-sp' }, 'S.P.'), ' sin programación'),
        cortes.some((corte) => p.porVencer(corte)) && h('span', {}, h('span', { class: 'estado estado-pv', 'aria-hidden': 'true' }, 'P'), ' por vencer, con programación')),
      p.sinBandas && h('p', { class: 'nota' }, p.sinBandas),
      p.ultimoExigible === 0 && h('p', { class: 'nota' }, p.espera()),
      h('div', { class: 'tabla-caja caja-calor', role: 'region', 'aria-label': 'Mapa de actividades y meses', tabindex: '0' },
        h('table', { class: 'calor', role: 'grid', 'aria-label': 'Semáforo de cada actividad a cada corte', 'aria-readonly': 'true' },
          h('thead', {}, h('tr', { role: 'row' }, h('th', { scope: 'col', role: 'columnheader' }, 'Actividad'),
            cortes.map((corte) => h('th', { scope: 'col', role: 'columnheader' }, h('abbr', { title: S.mes(corte) }, S.f.mayuscula(S.mes(corte).slice(0, 3))))))),
          cuerpo)),
      fin);
    mas(LOTE);
    const primera = cuerpo.querySelector('td');
    if (primera) primera.tabIndex = 0;
    window.addEventListener('beforeprint', () => mas(EN_PAPEL));
  };
})(window.Semaforo);

// A table that draws its rows as the reader comes to them, and sorts.
(function (S) {
  'use strict';
  const h = S.h;
  const LOTE = 60;
  const EN_PAPEL = 600;

  // columnas: [{titulo, clase, celda: row → node, orden: row → value, fila: true where it names the row}]
  S.tabla = function tabla({ titulo, columnas, filas, vacio, clase, alFila }) {
    let actuales = filas;
    let dibujadas = 0;
    let orden = null;
    const cuerpo = h('tbody', {});
    const botones = [];
    const cabeza = columnas.map((columna, lugar) => {
      if (!columna.orden) return h('th', { scope: 'col', class: columna.clase }, columna.titulo);
      const boton = h('button', { type: 'button', class: 'orden', onclick: () => ordenar(lugar) },
        columna.titulo, h('span', { class: 'flecha', 'aria-hidden': 'true' }));
      const celda = h('th', { scope: 'col', class: columna.clase, 'aria-sort': 'none' }, boton);
      botones.push([lugar, celda]);
      return celda;
    });
    const fin = h('div', { class: 'tabla-fin' });
    const nota = h('p', { class: 'nota', hidden: true }, vacio || 'No hay nada que listar.');
    const caja = h('div', { class: 'tabla-caja', role: 'region', 'aria-label': titulo, tabindex: '0' },
      h('table', { class: `tabla ${clase || ''}` }, h('caption', { class: 'oculto' }, titulo),
        h('thead', {}, h('tr', {}, cabeza)), cuerpo));
    const todo = h('div', { class: 'tabla-todo' }, caja, nota, fin);

    function mas(cuantas) {
      const hasta = Math.min(actuales.length, dibujadas + cuantas);
      const lote = document.createDocumentFragment();
      for (; dibujadas < hasta; dibujadas += 1) lote.append(linea(actuales[dibujadas]));
      cuerpo.append(lote);
      const faltan = actuales.length - dibujadas;
      S.vaciar(fin, faltan > 0 && h('button', { type: 'button', class: 'mas', onclick: () => mas(LOTE * 4) },
        `Mostrar más (${S.f.entero(dibujadas)} de ${S.f.entero(actuales.length)})`));
    }

    function linea(fila) {
      return h('tr', alFila ? alFila(fila) : {}, columnas.map((columna) =>
        h(columna.fila ? 'th' : 'td',
          { class: columna.clase, scope: columna.fila ? 'row' : null, 'data-titulo': columna.titulo },
          columna.celda(fila))));
    }

    function ordenar(lugar) {
      orden = { lugar, sube: !(orden && orden.lugar === lugar && orden.sube) };
      for (const [otro, celda] of botones) {
        celda.setAttribute('aria-sort', otro === lugar ? (orden.sube ? 'ascending' : 'descending') : 'none');
      }
      dibujar();
    }

    function dibujar() {
      if (orden) {
        const valor = columnas[orden.lugar].orden;
        const signo = orden.sube ? 1 : -1;
        actuales = [...actuales].sort((una, otra) => {
          const a = valor(una);
          const b = valor(otra);
          // What has no figure comes last, either way.
          if (a === null || a === undefined) return b === null || b === undefined ? 0 : 1;
          if (b === null || b === undefined) return -1;
          return signo * (typeof a === 'string' ? a.localeCompare(b, 'es') : a - b);
        });
      }
      dibujadas = 0;
      cuerpo.replaceChildren();
      caja.hidden = actuales.length === 0;
      nota.hidden = actuales.length > 0;
      mas(LOTE);
    }

    new IntersectionObserver((vistos) => {
      if (vistos.some((visto) => visto.isIntersecting) && dibujadas < actuales.length) mas(LOTE);
    }, { rootMargin: '600px' }).observe(fin);
    window.addEventListener('beforeprint', () => mas(EN_PAPEL));
    dibujar();
    // Only filters give a table other rows.
    todo.actualizar = (nuevas) => {
      nota.textContent = 'Nada coincide con los filtros.';
      actuales = nuevas;
      dibujar();
    };
    return todo;
  };

  S.plegable = function plegable(titulo, ...hijos) {
    return h('details', { class: 'plegable' }, h('summary', {}, titulo), hijos);
  };
})(window.Semaforo);

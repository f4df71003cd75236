// Objectives, actions and activities as a tree, with search and filters.
(function (S) {
  'use strict';
  const h = S.h;
  const ESTADOS = [['completo', 'Completo'], ['S.I.', 'S.I.'], ['S.P.', 'S.P.'], ['sin_seguimiento', 'Sin seguimiento']];
  // Rows that a page draws at once; beyond, by a button.
  const LOTE = 400;
  const abiertos = new Set();
  const filtro = { texto: '', centro: '', color: '', estado: '' };

  const llano = new Map();
  const buscable = (p, ao) => {
    if (!llano.has(ao)) llano.set(ao, S.f.llano([ao.actividad_id, ao.nombre, p.centro(ao.centro_costo_id), p.nombre('AEI', ao.aei_id)].join(' ')));
    return llano.get(ao);
  };

  function coincide(p, ao) {
    const a = p.avance('AO', ao.lugar) || {};
    return (!filtro.centro || ao.centro_costo_id === filtro.centro)
      && (!filtro.color || a.semaforo_fisico === filtro.color)
      && (!filtro.estado || a.estado === filtro.estado)
      && (!filtro.texto || filtro.texto.split(/\s+/).every((palabra) => buscable(p, ao).includes(palabra)));
  }

  // The rows to draw, in order; under a filter, what leads to a match is open.
  function visibles(p) {
    const filtrando = Object.values(filtro).some(Boolean);
    const buenas = S.grupos(p.aos.filter((ao) => coincide(p, ao)), 'aei_id');
    const acciones = S.grupos(p.aeis, 'oei_id');
    const filas = [];
    for (const oei of p.oeis) {
      const hijas = (acciones.get(oei.oei_id) || []).filter((aei) => !filtrando || buenas.has(aei.aei_id));
      if (filtrando && !hijas.length) continue;
      const abierto = filtrando || abiertos.has(oei.oei_id);
      filas.push({ nivel: 'OEI', id: oei.oei_id, nombre: oei.nombre, abierto, hijos: hijas.length });
      if (!abierto) continue;
      for (const aei of hijas) {
        const aos = buenas.get(aei.aei_id) || [];
        const abierta = filtrando || abiertos.has(aei.aei_id);
        filas.push({ nivel: 'AEI', id: aei.aei_id, nombre: aei.nombre, abierto: abierta, hijos: aos.length });
        if (abierta) aos.forEach((ao) => filas.push({ nivel: 'AO', id: ao.lugar, nombre: ao.nombre, ao }));
      }
    }
    return { filas, filtrando, cuantas: [...buenas.values()].reduce((n, aos) => n + aos.length, 0) };
  }

  S.secciones.arbol = function arbol(caja, p) {
    const cuerpo = h('tbody', {});
    const cuenta = h('p', { class: 'cuenta', role: 'status' });
    const fin = h('div', { class: 'tabla-fin' });
    const seguido = p.plan.con_seguimiento;
    const conColor = seguido && !p.porVencer();
    const conDetalle = p.aos.length > 0;
    if (!conColor) filtro.color = '';

    function abridor(fila) {
      return h('button', {
        type: 'button', class: 'abre', 'aria-expanded': String(fila.abierto), 'data-clave': fila.id,
        onclick: () => {
          if (abiertos.has(fila.id)) abiertos.delete(fila.id); else abiertos.add(fila.id);
          dibujar();
          const boton = cuerpo.querySelector(`[data-clave="${CSS.escape(fila.id)}"]`);
          if (boton) boton.focus({ preventScroll: true });
        },
      }, h('i', { 'aria-hidden': 'true' }), h('span', {}, h('span', { class: 'codigo' }, fila.id), ' ', fila.nombre));
    }

    function titular(fila) {
      return h('tr', { class: `nivel-${fila.nivel.toLowerCase()}` },
        h('th', { scope: 'row', colspan: seguido ? 5 : 3 }, abridor(fila)));
    }

    function linea(fila) {
      // A unit has part in objectives and actions: their figures are the plan's, not the unit's.
      if (p.unidad && !fila.ao) return titular(fila);
      const a = p.avance(fila.nivel, fila.id);
      const pregunta = fila.ao ? S.pregunta.deActividad(fila.ao) : S.pregunta.deElemento(fila.nivel, fila.id);
      const codigo = h('span', { class: 'codigo' }, fila.ao ? fila.ao.actividad_id : fila.id);
      const nombre = fila.hijos ? abridor(fila) : h('span', { class: 'hoja' }, codigo, ' ', fila.nombre,
        fila.ao && h('small', {}, p.enlaceUnidad(fila.ao.centro_costo_id)));
      const dato = (titulo, clase, ...hijos) => h('td', { class: clase, 'data-titulo': titulo }, hijos);
      return h('tr', { class: `nivel-${fila.nivel.toLowerCase()}` },
        h('th', { scope: 'row' }, nombre),
        seguido && dato('Semáforo', 'centro', p.senal(a)),
        seguido && dato('Avance físico', 'num ancho', a ? [
          S.cifra(S.f.pct(a.avance_fisico_pct), pregunta), S.barra(a.avance_fisico_pct, p.banda(a)),
          a.avance_fisico_pct === null && a.avance_parcial_pct > 0 && h('small', {}, `parcial ${S.f.pct(a.avance_parcial_pct)}`),
        ] : S.f.NADA),
        conDetalle && dato(seguido ? 'Ejecutado / programado' : 'Programado', 'num', a && fila.ao
          ? [seguido ? h('b', {}, S.f.cantidad(a.ejecutado_fisico)) : S.cifra(S.f.cantidad(a.programado_fisico), pregunta),
            seguido && ` / ${S.f.cantidad(a.programado_fisico)}`,
            h('small', { class: 'medida' }, fila.ao.unidad_medida)]
          : a && (seguido ? p.reparto(a) : S.cifra(`${S.f.entero(a.n_actividades)} AO`, pregunta))),
        dato(`Dinero, ${p.moneda}`, 'num', a ? [
          seguido ? S.cifra(S.f.pct(a.avance_financiero_pct), fila.ao ? pregunta : S.pregunta.deElemento(fila.nivel, fila.id, 'dinero')) : S.f.dinero(a.programado_financiero),
          seguido && h('small', {}, `${S.f.dinero(a.ejecutado_financiero)} de ${S.f.dinero(a.programado_financiero)}`),
        ] : S.f.NADA));
    }

    function dibujar(hasta) {
      const { filas, filtrando, cuantas } = visibles(p);
      const tope = hasta || LOTE;
      S.vaciar(cuerpo, filas.slice(0, tope).map(linea));
      cuenta.textContent = filtrando
        ? `${S.f.entero(cuantas)} de ${S.f.entero(p.aos.length)} actividades`
        : [S.f.cuantos(p.oeis.length, 'objetivo', 'objetivos'), S.f.cuantos(p.aeis.length, 'acción', 'acciones'),
          conDetalle ? S.f.cuantos(p.aos.length, 'actividad', 'actividades') : 'sin detalle de actividades'].join(', ');
      S.vaciar(fin, filas.length > tope && h('button', { type: 'button', class: 'mas', onclick: () => dibujar(filas.length) },
        `Mostrar las ${S.f.entero(filas.length)} filas`));
    }

    const pon = (campo) => (valor) => { filtro[campo] = valor; dibujar(); };
    const enUso = [...new Set(p.aos.map((ao) => ao.centro_costo_id))]
      .map((id) => [id, p.centro(id)]).sort((x, y) => x[1].localeCompare(y[1], 'es'));
    const todos = (si) => {
      abiertos.clear();
      if (si) [...p.oeis.map((o) => o.oei_id), ...p.aeis.map((a) => a.aei_id)].forEach((id) => abiertos.add(id));
      dibujar();
    };
    if (p.unidad) todos(true);
    S.vaciar(caja,
      h('div', { class: 'filtros' },
        S.buscador('Buscar', 'Actividad, código, unidad…', pon('texto')),
        enUso.length > 1 && S.selector('Unidad', [['', 'Todas'], ...enUso], filtro.centro, pon('centro')),
        conColor && !p.sinBandas && S.selector('Color', [['', 'Todos'], ...S.bandas(p.metodo, 'fisico').map((b) => [b.color, `${b.letra} · ${S.f.mayuscula(b.color)}`])], filtro.color, pon('color')),
        seguido && S.selector('Estado', [['', 'Todos'], ...ESTADOS.slice(0, 3)], filtro.estado, pon('estado')),
        h('div', { class: 'filtros-botones' },
          h('button', { type: 'button', class: 'suave', onclick: () => todos(true) }, 'Abrir todo'),
          h('button', { type: 'button', class: 'suave', onclick: () => todos(false) }, 'Cerrar todo'))),
      cuenta,
      h('div', { class: 'tabla-caja', role: 'region', 'aria-label': 'Objetivos, acciones y actividades', tabindex: '0' },
        h('table', { class: 'tabla fichas arbol' },
          h('caption', { class: 'oculto' }, `Objetivos, acciones y actividades${p.cortes.length ? ` a ${p.nombreCorte()}` : ''}`),
          h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Objetivo, acción o actividad'),
            seguido && h('th', { scope: 'col', class: 'centro' }, 'Semáforo'), seguido && h('th', { scope: 'col', class: 'num' }, 'Avance físico'),
            conDetalle && h('th', { scope: 'col', class: 'num' }, seguido ? 'Ejecutado / programado' : 'Programado'),
            h('th', { scope: 'col', class: 'num' }, `Dinero, ${p.moneda}`))),
          cuerpo)),
      fin);
    dibujar();
  };
})(window.Semaforo);

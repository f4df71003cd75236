// Completeness of the registrations: units down, months across.
(function (S) {
  'use strict';
  const h = S.h;
  // filas: rows of fct_completitud with `unidad`, its name.
  S.registros = function registros(filas, { enlace, frase, anio }) {
    if (!filas.length) return h('p', { class: 'nota' }, 'Ningún registro debía estar hecho todavía.');
    const meses = [...new Set(filas.map((f) => f.mes))].sort((a, b) => a - b);
    const unidades = [...S.grupos(filas, 'centro_costo_id')].map(([id, unas]) => ({ id, nombre: unas[0].unidad, por: S.por(unas, 'mes') }))
      .sort((x, y) => x.nombre.localeCompare(y.nombre, 'es'));
    const pregunta = (u, f) => () => ({
      antetitulo: `Registros al día · ${S.mes(f.mes)} de ${anio}`, titulo: u.nombre,
      cifra: [h('strong', {}, S.f.pct(f.completitud_pct)), h('span', {}, 'de los registros esperados')],
      regla: [frase],
      cuerpo: S.datos([
        ['Esperados', S.f.entero(f.esperadas)], ['Registrados', S.f.entero(f.registradas)],
        ['A tiempo', `${S.f.entero(f.a_tiempo)} (${S.f.pct(f.oportunidad_pct)})`],
      ]),
    });
    return S.tabla({
      titulo: 'Registros por unidad y mes', filas: unidades, clase: 'densa registros',
      columnas: [
        { titulo: 'Unidad', fila: true, orden: (u) => u.nombre, celda: (u) => (enlace ? enlace(u.id) : u.nombre) },
        ...meses.map((mes) => ({
          titulo: S.f.mayuscula(S.mes(mes).slice(0, 3)), clase: 'centro',
          orden: (u) => (u.por.get(mes) ? u.por.get(mes).completitud_pct : null),
          celda: (u) => {
            const f = u.por.get(mes);
            if (!f || f.completitud_pct === null) return S.f.NADA;
            return h('span', { class: 'lleno', style: `--v:${f.completitud_pct}` },
              S.cifra(`${S.f.entero(f.registradas)}/${S.f.entero(f.esperadas)}`, pregunta(u, f)));
          },
        })),
      ],
    });
  };
})(window.Semaforo);

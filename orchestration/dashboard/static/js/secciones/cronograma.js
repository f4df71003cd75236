// POA: the share of its year that each unit programs in each month.
(function (S) {
  'use strict';
  const h = S.h;
  S.secciones.cronograma = function cronograma(caja, p) {
    const unidades = S.grupos(S.filas(S.d.cronograma), 'elemento_id');
    const meses = p.cortes;
    const filas = [...unidades].map(([id, partes]) => ({ id, nombre: p.centro(id), por: S.por(partes, 'mes') }))
      .sort((x, y) => x.nombre.localeCompare(y.nombre, 'es'));
    S.vaciar(caja, S.tabla({
      titulo: 'Cronograma por unidad', filas, clase: 'densa',
      columnas: [
        { titulo: 'Unidad', fila: true, orden: (f) => f.nombre, celda: (f) => p.enlaceUnidad(f.id) },
        ...meses.map((mes) => ({
          titulo: S.f.mayuscula(S.mes(mes).slice(0, 3)), clase: 'num',
          celda: (f) => {
            const parte = f.por.get(mes);
            return parte ? h('span', { class: 'parte', style: `--v:${parte.programado_mes_pct}` }, S.f.puntos(parte.programado_mes_pct)) : S.f.NADA;
          },
        })),
      ],
    }), h('p', { class: 'nota' }, 'En % de su año, con los pesos tal como los da el plan: si no suman 100, se ve.'));
  };
})(window.Semaforo);

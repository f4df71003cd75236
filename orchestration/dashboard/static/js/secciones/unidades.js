// The units of the plan: each alone and with those below it.
(function (S) {
  'use strict';
  const h = S.h;
  S.secciones.unidades = function unidades(caja, p) {
    const seguido = p.plan.con_seguimiento;
    const alertas = S.grupos(p.alertas, 'centro_costo_id');
    const filas = Object.keys(S.d.paginas).map((id) => ({
      id, nombre: p.centro(id), propio: p.avance('CC', id), total: p.avance('CC_TOTAL', id), alertas: (alertas.get(id) || []).length,
    })).filter((fila) => fila.total || fila.propio)
      .sort((x, y) => x.nombre.localeCompare(y.nombre, 'es'));
    let texto = '';
    const cifra = (nivel, fila, a) => (a ? [p.senal(a), ' ', S.cifra(S.f.pct(a.avance_fisico_pct), S.pregunta.deElemento(nivel, fila.id)),
      a.avance_fisico_pct === null && a.avance_parcial_pct > 0 && h('small', {}, `parcial ${S.f.pct(a.avance_parcial_pct)}`)] : S.f.NADA);
    const valor = (a, campo) => (a ? a[campo] : null);
    const tabla = S.tabla({
      titulo: 'Unidades', filas, clase: 'fichas',
      columnas: [
        { titulo: 'Unidad', fila: true, orden: (f) => f.nombre, celda: (f) => p.enlaceUnidad(f.id) },
        seguido && { titulo: 'Avance propio', clase: 'num', orden: (f) => valor(f.propio, 'avance_fisico_pct'), celda: (f) => cifra('CC', f, f.propio) },
        seguido && { titulo: 'Con dependientes', clase: 'num', orden: (f) => valor(f.total, 'avance_fisico_pct'), celda: (f) => cifra('CC_TOTAL', f, f.total) },
        { titulo: 'Actividades', orden: (f) => valor(f.total, 'n_actividades'), celda: (f) => (seguido && !p.porVencer()
          ? p.reparto(f.total || f.propio, (parte) => S.cifra(S.f.entero(parte.n), S.pregunta.deParte(f.total ? 'CC_TOTAL' : 'CC', f.id, parte)))
          : S.cifra(`${S.f.entero((f.total || f.propio).n_actividades)} AO`, S.pregunta.deGrupo(f.nombre, p.deElemento('CC_TOTAL', f.id)))) },
        seguido && { titulo: 'Dinero', clase: 'num', orden: (f) => valor(f.total, 'avance_financiero_pct'),
          celda: (f) => (f.total ? S.cifra(S.f.pct(f.total.avance_financiero_pct), S.pregunta.deElemento('CC_TOTAL', f.id, 'dinero')) : S.f.NADA) },
        !seguido && { titulo: 'Programado del año', clase: 'num', celda: (f) => S.f.pct(valor(f.total, 'programado_anual_pct')) },
        { titulo: 'Alertas', clase: 'num', orden: (f) => f.alertas, celda: (f) => (f.alertas ? S.f.entero(f.alertas) : S.f.NADA) },
      ].filter(Boolean),
    });
    S.vaciar(caja, filas.length > 12 && h('div', { class: 'filtros' }, S.buscador('Buscar', 'Nombre de la unidad…', (nuevo) => {
      texto = nuevo;
      tabla.actualizar(filas.filter((f) => S.f.llano(f.nombre).includes(texto)));
    })), tabla);
  };
})(window.Semaforo);

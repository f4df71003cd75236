// Registrations by unit and month.
(function (S) {
  'use strict';
  S.secciones.completitud = function completitud(caja, p) {
    const filas = S.filas(S.d.completitud).map((fila) => ({ ...fila, unidad: p.centro(fila.centro_costo_id) }));
    S.vaciar(caja, S.registros(filas, {
      enlace: p.enlaceUnidad, frase: p.frases.completitud, anio: p.plan.anio,
    }));
  };
})(window.Semaforo);

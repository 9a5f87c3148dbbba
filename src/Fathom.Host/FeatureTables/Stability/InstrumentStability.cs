namespace Fathom.Host.FeatureTables.Stability;

/// <summary>The columns of one instrument, and how they go together.</summary>
/// <param name="Values">By column, row by row; NaN = not known.</param>
/// <param name="Correlations">Of the columns; NaN where too little is known.</param>
/// <param name="Clusters">Columns that say much the same, by number.</param>
internal sealed record InstrumentStability(
    string Symbol, IReadOnlyList<string> Times, IReadOnlyList<double[]> Values, IReadOnlyList<ColumnStability> Columns, double[,] Correlations, IReadOnlyList<IReadOnlyList<int>> Clusters);

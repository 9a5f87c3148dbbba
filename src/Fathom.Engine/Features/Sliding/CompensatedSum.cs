using System.Runtime.CompilerServices;
using Fathom.Domain.Numerics;

namespace Fathom.Engine.Features.Sliding;

/// <summary>A sum whose terms may leave again without a trace: what each addition rounds away is kept beside it. A window's sum neither drifts over the years nor remembers an outlier that has left.</summary>
/// <remarks>Neumaier (1974), "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", with Knuth's exact sum in place of the comparison.</remarks>
internal struct CompensatedSum
{
    private double _sum, _lost;

    /// <summary>The sum, rounded once.</summary>
    public readonly double Value => _sum + _lost;

    /// <summary>The sum in two parts that do not overlap.</summary>
    public readonly DoubleDouble Exact => DoubleDouble.Sum(_sum, _lost);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double term)
    {
        DoubleDouble sum = DoubleDouble.Sum(_sum, term);
        _sum = sum.High;
        _lost += sum.Low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in DoubleDouble term)
    {
        Add(term.High);
        _lost += term.Low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Subtract(in DoubleDouble term)
    {
        Add(-term.High);
        _lost -= term.Low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Subtract(in CompensatedSum other)
    {
        Add(-other._sum);
        _lost -= other._lost;
    }
}

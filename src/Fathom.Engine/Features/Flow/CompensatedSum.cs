namespace Fathom.Engine.Features.Flow;

/// <summary>A long sum that keeps what rounding takes off it.</summary>
/// <remarks>Source: Neumaier (1974). The sum of 1, 1e100, 1 and −1e100 is 2.</remarks>
internal struct CompensatedSum
{
    private double _sum, _rest;

    public readonly double Value => _sum + _rest;

    public void Add(double value)
    {
        double sum = _sum + value;
        _rest += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }
}

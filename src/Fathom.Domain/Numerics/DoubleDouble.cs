using System.Runtime.CompilerServices;

namespace Fathom.Domain.Numerics;

/// <summary>An unevaluated sum <c>High + Low</c> of two doubles, about 106 bits. Built from rounded additions and products alone, so that every machine
/// computes the same bits.</summary>
/// <remarks>Error-free transformations of Knuth (sum) and Dekker with Veltkamp's splitting (product). Fused multiply-add would shorten the product, but where
/// the processor lacks it the runtime calls a slow exact emulation.</remarks>
internal readonly record struct DoubleDouble(double High, double Low)
{
    private const double Splitter = 134_217_729;      // 2^27 + 1

    /// <summary>The exact sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Sum(double left, double right)
    {
        double sum = left + right;
        double rightPart = sum - left;
        return new DoubleDouble(sum, (left - (sum - rightPart)) + (right - rightPart));
    }

    /// <summary>The exact product; operands below 2^996, and a product well inside the normal range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Product(double left, double right)
    {
        (double leftHigh, double leftLow) = Split(left);
        (double rightHigh, double rightLow) = Split(right);
        double product = left * right;
        return new DoubleDouble(product, ((leftHigh * rightHigh - product) + leftHigh * rightLow + leftLow * rightHigh) + leftLow * rightLow);
    }

    /// <summary>Two halves of at most 26 bits each, so that products of halves are exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double High, double Low) Split(double value)
    {
        double scaled = Splitter * value;
        double high = scaled - (scaled - value);
        return (high, value - high);
    }
}

using System.Numerics;

namespace Fathom.Analytics.PostTrade;

/// <summary>The one way in which money is rounded: to the nearest, of two that are equally near to the even one.</summary>
internal static class HalfEven
{
    /// <param name="by">Above zero.</param>
    public static BigInteger Divide(BigInteger value, BigInteger by)
    {
        BigInteger quotient = BigInteger.DivRem(value, by, out BigInteger rest);      // toward zero
        int comparison = (BigInteger.Abs(rest) * 2).CompareTo(by);
        return comparison > 0 || (comparison == 0 && !quotient.IsEven) ? quotient + value.Sign : quotient;
    }
}

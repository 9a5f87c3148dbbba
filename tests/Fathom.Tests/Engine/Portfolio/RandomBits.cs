namespace Fathom.Tests.Engine.Portfolio;

internal static class RandomBits
{
    public static ulong NextUInt64(this Random random) => (ulong)random.NextInt64() << 1 ^ (ulong)random.NextInt64();
}

using System.Runtime.InteropServices;
using Fathom.Domain.Hashing;
using Fathom.Domain.Numerics;

namespace Fathom.Tests.Domain.Numerics;

/// <summary>The same bits on every machine. A scenario runs this class again with the processor's vector and multiply-add paths switched off.</summary>
public class PortableGoldenTests
{
    private const int Rounds = 100_000;

    [Fact]
    public void A_million_results_have_the_committed_hash()
    {
        var random = new SplitMix64(20_240_611);
        var hash = new Xxh3();
        var results = new double[10];
        for (int round = 0; round < Rounds; round++)
        {
            double unit = random.NextOpen();
            double any = BitConverter.UInt64BitsToDouble(random.NextUInt64() & 0xFFEF_FFFF_FFFF_FFFF);
            (results[0], results[1]) = Portable.SinCos(any);
            (results[2], results[3]) = Portable.SinCos(unit * 100 - 50);
            results[4] = Portable.Exp(unit * 1460 - 750);
            results[5] = Portable.Log(Math.Abs(any));
            results[6] = Portable.Pow(unit * 4, any > 0 ? unit * 300 : -unit * 90);
            results[7] = random.NextNormal();
            results[8] = random.NextPoisson(unit * 40);
            results[9] = random.NextExponential();
            hash.Append(MemoryMarshal.AsBytes<double>(results));
        }
        Assert.Equal("c95e4b53939d925c571c30d3b78e60fd", hash.Finish().ToString());
    }
}

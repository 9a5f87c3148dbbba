using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Fathom.Tests.Domain.Hashing;
using Fathom.Tests.Domain.Numerics;
using Fathom.Tests.Simulation.Generator;

namespace Fathom.Scenarios.Portability;

/// <summary>Numerics and hashes give the committed values also where the processor's vector and multiply-add paths are switched off: in the runtime, and in the C library.</summary>
public class ProcessorPathsTests
{
    private const string WithoutVectors = "FATHOM_TEST_WITHOUT_VECTORS";
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableFMA", "0")]
    [InlineData("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F")]
    public async Task Committed_values_hold_without(string variable, string value)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ProcessorPathsTests).Assembly.Location);
        foreach (Type tests in (Type[])[typeof(PortableGoldenTests), typeof(Xxh3Tests), typeof(MarketGeneratorGoldenTests), typeof(SwitchedOffTests)])
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(tests.FullName!);
        }
        start.Environment[variable] = value;
        if (variable is "DOTNET_EnableHWIntrinsic" or "DOTNET_EnableAVX2") start.Environment[WithoutVectors] = "1";

        using Process child = Process.Start(start)!;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(TimeMax);
        try
        {
            Task<string> errors = child.StandardError.ReadToEndAsync(bound.Token);
            string output = await child.StandardOutput.ReadToEndAsync(bound.Token);
            await child.WaitForExitAsync(bound.Token);
            Assert.True(child.ExitCode == 0, $"{variable}={value}: exit code {child.ExitCode}\n{output}\n{await errors}");
            Assert.Matches("Total: [1-9]", output);
        }
        finally
        {
            if (!child.HasExited) child.Kill();
        }
    }

    /// <summary>Run in the child: that the switch did switch.</summary>
    public class SwitchedOffTests
    {
        [Fact]
        public void Vectors_are_off_where_they_were_switched_off()
        {
            bool mustBeOff = Environment.GetEnvironmentVariable(WithoutVectors) is not null;
            Assert.False(mustBeOff && Avx2.IsSupported);
        }
    }
}

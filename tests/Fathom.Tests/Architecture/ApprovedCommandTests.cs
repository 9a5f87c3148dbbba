using System.Reflection;
using Fathom.Engine.Risk;
using Fathom.Host;

namespace Fathom.Tests.Architecture;

/// <summary>No command leaves that risk did not judge: an approval is made in one place.</summary>
public class ApprovedCommandTests
{
    [Fact]
    public void Only_the_gate_makes_an_approved_command()
    {
        Assembly[] assemblies = [typeof(ApprovedCommand).Assembly, .. OtherAssemblies()];
        string maker = Assert.Single(assemblies.SelectMany(assembly => CallSites.Constructing(typeof(ApprovedCommand), assembly)));
        Assert.StartsWith($"{nameof(RiskGate)}.", maker, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_constructor_is_not_public() => Assert.DoesNotContain(typeof(ApprovedCommand).GetConstructors(), constructor => constructor.GetParameters().Length > 0);

    private static IEnumerable<Assembly> OtherAssemblies() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "Fathom.*.dll")
            .Where(path => !Path.GetFileName(path).StartsWith("Fathom.T", StringComparison.Ordinal))
            .Select(path => Assembly.Load(Path.GetFileNameWithoutExtension(path)))
            .Append(typeof(Program).Assembly)
            .Where(assembly => assembly != typeof(ApprovedCommand).Assembly);
}

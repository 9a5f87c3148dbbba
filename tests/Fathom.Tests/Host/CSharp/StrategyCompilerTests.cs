using Fathom.Host.CSharp;
using Fathom.Tests.Architecture;

namespace Fathom.Tests.Host.CSharp;

public class StrategyCompilerTests
{
    [Fact]
    public void The_page_lists_the_namespaces_that_are_in_force() =>
        Assert.Contains($"\n{string.Join(" · ", StrategyCompiler.Usings.Select(name => $"`{name}`"))}\n", Repository.Read("docs/how-to/write-a-strategy.md"), StringComparison.Ordinal);

    [Fact]
    public void Debugging_is_another_setting_and_so_another_entry_of_the_cache() =>
        Assert.NotEqual(new StrategyCompiler(isForDebugging: true).Settings, new StrategyCompiler(isForDebugging: false).Settings);
}

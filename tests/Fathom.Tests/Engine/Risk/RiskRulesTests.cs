using Fathom.Engine.Risk;
using Fathom.Tests.Architecture;

namespace Fathom.Tests.Engine.Risk;

/// <summary>The catalog is whole, and the page says what it says. RENEW=1 in front of the run rewrites the page's table.</summary>
public class RiskRulesTests
{
    private const string Page = "docs/reference/risk.md";
    private const string Remedy = "is not as the catalog has it. If the catalog is right, renew and commit it:\n  RENEW=1 dotnet tests/Fathom.Tests/bin/Debug/net10.0/Fathom.Tests.dll -class '*RiskRulesTests'";

    [Fact]
    public void Every_rule_stands_at_its_number()
    {
        Assert.Equal(Enum.GetValues<RiskRule>(), RiskRules.All.Select(rule => rule.Rule));
        Assert.All(RiskRules.All, rule => Assert.Equal(rule.Reason, RiskRules.ReasonOf(rule.Rule)));
    }

    [Fact]
    public void Every_key_is_in_the_configurations_vocabulary()
    {
        string vocabulary = Repository.Read("docs/reference/configuration.md");
        Assert.All(RiskRules.All.Where(rule => rule.Key.Length > 0), rule => Assert.Contains(rule.Key[0] == '[' ? $"`{rule.Key[1..^1]}." : $"`risk.{rule.Key}`", vocabulary, StringComparison.Ordinal));
    }

    [Fact]
    public void The_pages_table_is_what_the_catalog_says()
    {
        string page = Repository.Read(Page), expected = RiskRulesPage.Renewed(page);
        if (Environment.GetEnvironmentVariable("RENEW") == "1") File.WriteAllText(Path.Combine(Repository.Root, Page), expected);
        Assert.True(Repository.Read(Page) == expected, $"{Page} {Remedy}");
    }
}

using Fathom.Host.Configuration;

namespace Fathom.Tests.Host.Configuration;

/// <summary>Configurations for tests, without the environment of the machine.</summary>
internal static class AConfiguration
{
    public const string WorkingFolder = "/work-folder-of-the-test";

    public static RunConfiguration Of(string toml, params string[] sets) => ConfigurationLayers.FromText("test.toml", toml, sets, new Dictionary<string, string>(), WorkingFolder);

    public static RunConfiguration WithVariable(string toml, string name, string value, params string[] sets) =>
        ConfigurationLayers.FromText("test.toml", toml, sets, new Dictionary<string, string> { [name] = value }, WorkingFolder);
}

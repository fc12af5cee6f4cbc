using Exchange.Silo.Startup;

return await Commands.RunAsync(args);
